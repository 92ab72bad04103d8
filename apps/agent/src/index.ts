export { AgentSettings, readSettings } from './agent-settings.ts';
export { loadDrivers } from './drivers/load-drivers.ts';
export { type EnrolOptions, enrol } from './enrol.ts';
export { Identity, isEnrolled, readIdentity, writeIdentity } from './identity.ts';
export { webSocketConnect } from './link/web-socket-wire.ts';
export { type Agent, type AgentConfig, type AgentDeps, type AgentEnd, startAgent } from './main.ts';
export { OutboxFile, type OutboxHooks, type WriteKind } from './outbox/outbox-file.ts';
export type { OutboxLimits } from './outbox/room.ts';
