export * from './adb/index.ts';
export { type RemoteKey, remoteKey, remoteKeyByCode, remoteKeys } from './keys/remote-keys.ts';
export { androidTv, type TvAction, type TvEvent, type TvProperty } from './model/android-tv.ts';
export * from './readers/index.ts';
