import { type Clock, type Random, seededRandom, systemClock } from '@vakhta/kernel';
import { Journal } from '../tv/journal.ts';
import { SimulatedTv, type TvDelays } from '../tv/simulated-tv.ts';
import { type TvProfileId, tvProfiles } from '../tv/tv-profile.ts';
import { type ControlServer, startControlServer } from './control-server.ts';
import { type AuthorisationPolicy, FleetTv } from './fleet-tv.ts';

export interface FleetOptions {
  count: number;
  /** The first TV's port, the others follow; 0 (default): any free ones. */
  portBase?: number;
  controlPort?: number;
  /** Default: 127.0.0.1. */
  address?: string;
  /** Makes, dealt out in turn. Default: mostly TVs with HDMI inputs, and each make there is. */
  profiles?: readonly TvProfileId[];
  names?: readonly string[];
  delays?: Partial<TvDelays>;
  policy?: AuthorisationPolicy;
  /** Appended to, a line of JSON an entry. */
  journalFile?: string;
  clock?: Clock;
  random?: Random;
}

/** How a TV of the fleet is reached; also what the ready line of `android-tv simulate --json` holds. */
export interface FleetMember {
  id: string;
  name: string;
  profile: TvProfileId;
  host: string;
  port: number;
  /** Everything about this TV: GET. */
  controlUrl: string;
  /** An HTTP relay: GET and POST `{"on": boolean}`. */
  relayUrl: string;
  /** The agent's end of the cable: GET `{"carrier": boolean}`; POST `{"plugged": boolean}` pulls it. */
  cableUrl: string;
}

export interface Fleet {
  readonly tvs: readonly FleetTv[];
  readonly members: readonly FleetMember[];
  readonly control: ControlServer;
  readonly journal: Journal;
  tv(id: string): FleetTv | undefined;
  stop(): Promise<void>;
}

const dealt: readonly TvProfileId[] = [
  'philips-8',
  'tcl-11',
  'sony-9',
  'xiaomi-14',
  'tcl-11',
  'philips-8',
  'rockchip-12',
  'xiaomi-14',
  'sony-9',
  'fire-5',
];

const twoHex = (n: number) => n.toString(16).padStart(2, '0');

/** Starts TVs on loopback ports, with a control endpoint for their relays, cables and faults, and a journal. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { count, portBase = 0, address = '127.0.0.1', profiles = dealt, policy = 'allow' } = options;
  const clock = options.clock ?? systemClock;
  const random = options.random ?? seededRandom(1);
  const journal = new Journal(clock, options.journalFile);
  const kinds = Array.from({ length: count }, (_, index) => profiles[index % profiles.length]!);
  const tvs = kinds.map((kind, index) => {
    const id = `tv-${String(index + 1).padStart(2, '0')}`;
    const tv = new SimulatedTv({
      id,
      name: options.names?.[index] ?? `ТВ ${index + 1}`,
      profile: tvProfiles[kind],
      serial: `VKH${String(100_000 + index)}`,
      mac: `02:00:5e:10:${twoHex(index >> 8)}:${twoHex(index & 255)}`,
      address: `192.168.48.${(index % 200) + 20}`,
      clock,
      random,
      delays: options.delays,
      record: (did, detail) => journal.append(id, did, detail),
    });
    return new FleetTv({ tv, policy, clock, random });
  });
  const byId = new Map(tvs.map((fleetTv) => [fleetTv.tv.id, fleetTv]));
  await Promise.all(
    tvs.map((fleetTv, index) => fleetTv.start(portBase === 0 ? 0 : portBase + index, address)),
  );
  const control = await startControlServer({ tvs: byId, journal, address, port: options.controlPort ?? 0 });
  const members = tvs.map((fleetTv, index): FleetMember => {
    const { id, name } = fleetTv.tv;
    const controlUrl = `${control.url}/tvs/${id}`;
    return {
      id,
      name,
      profile: kinds[index]!,
      host: address,
      port: fleetTv.port,
      controlUrl,
      relayUrl: `${controlUrl}/relay`,
      cableUrl: `${controlUrl}/cable`,
    };
  });
  return {
    tvs,
    members,
    control,
    journal,
    tv: (id) => byId.get(id),
    stop: async () => {
      await Promise.all([control.stop(), ...tvs.map((fleetTv) => fleetTv.stop())]);
      journal.close();
    },
  };
}
