export { type MessageName, type Messages, messageByCode, messageNames, messages } from './registry.ts';
