export { lineWarning, type OpenLine, openLine } from './open-line.ts';
export { openPtyLine } from './open-pty-line.ts';
export { type LineAddress, lineAddressForms, parseLineAddress } from './parse-line-address.ts';
export type { Adapter } from './serial/adapter.ts';
export { connectTcpLine, listenTcpLine, type TcpLineServer, type TcpPlace } from './tcp/tcp-line.ts';
