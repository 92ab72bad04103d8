export * from './command-order.ts';
export * from './handshake.ts';
export * from './ids.ts';
export * from './keys.ts';
export * from './messages.ts';
export * from './observation.ts';
export * from './picture-frame.ts';
export * from './wire.ts';
