export { freePort } from './free-port.ts';
export { type Heard, LiveListener } from './live-listener.ts';
export { type MailServer, startMailServer } from './mail-server.ts';
export { ProcessGroup, type RunningProcess } from './process-group.ts';
export { TcpBalancer } from './tcp-balancer.ts';
export { type JournalLine, type TvAddress, TvFleetProcess } from './tv-fleet-process.ts';
export { until } from './until.ts';
export { EnrolledAgent, VakhtaDesk } from './vakhta-desk.ts';
