export * from './adbd/index.ts';
export { type AuthorisationPolicy, FleetTv } from './fleet/fleet-tv.ts';
export { type Fleet, type FleetMember, type FleetOptions, startFleet } from './fleet/start-fleet.ts';
export { Journal, type JournalEntry } from './tv/journal.ts';
export { keyBehaviours, pressKey } from './tv/key-behaviours.ts';
export { defaultDelays, SimulatedTv, type TvDelays } from './tv/simulated-tv.ts';
export { isTvProfileId, type TvProfile, type TvProfileId, tvProfiles } from './tv/tv-profile.ts';
