export * from '@vakhta/api';
export type { ActOptions, BatchProgress, ManyRequest } from './act.ts';
export { type Desk, type DeskOptions, liveAddress, openDesk } from './desk.ts';
export { everyItem, type ItemOf, type ListRoute } from './lists.ts';
export type { Live, LiveEvents } from './live/live.ts';
export { type LinkState, LiveSocket, type LiveSocketOptions, type Subscription } from './live/live-socket.ts';
export type { OpenSocket, SocketLike } from './live/open-socket.ts';
