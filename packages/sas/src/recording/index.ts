export { MessageTeller } from './describe-message.ts';
export { recordLines } from './record-lines.ts';
export {
  headerLine,
  messageLine,
  parseRecording,
  type RecordedMessage,
  type Recording,
  type Speaker,
  symbolsText,
} from './recording-format.ts';
export { type Replayed, replayHost } from './replay.ts';
export { spokenByHost } from './spoken-by-host.ts';
