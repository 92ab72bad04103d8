export {
  type MessageName,
  type Messages,
  messageByCode,
  messageNames,
  messageOf,
  messages,
} from './registry.ts';
