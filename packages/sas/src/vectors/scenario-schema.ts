import { z } from 'zod';

const Code = z.string().regex(/^[0-9A-F]{2}$/);
const Meters = z.record(z.string().regex(/^00[0-9A-F]{2}$/), z.int().min(0));
const Hex = z.string().regex(/^([0-9A-F]{2})+$/);
const Byte = z.int().min(0).max(255);

const Setup = z.strictObject({
  address: z.int().min(1).max(127).optional(),
  synced: z.boolean().optional(),
  rte: z.boolean().optional(),
  queue: z.array(Code).optional(),
  credits: z.int().min(0).optional(),
  meters: Meters.optional(),
  assetNumber: z.int().min(0).optional(),
  validation: z.enum(['secureEnhanced', 'system']).optional(),
  validationId: z
    .strictObject({
      machineId: z.string().regex(/^[0-9A-F]{6}$/),
      sequence: z.int().min(0).max(0xffffff),
    })
    .optional(),
  clock: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
    .optional(),
  identity: z
    .strictObject({
      gameId: z.string().length(2),
      additionalId: z.string().length(3),
      denomCode: z.int().min(1).max(6),
      maxBet: Byte,
      progressiveGroup: Byte,
      gameOptions: z.string().regex(/^[0-9A-F]{4}$/),
      paytableId: z.string().length(6),
      basePercent: z.string().regex(/^[0-9]{2}\.[0-9]{2}$/),
      sasVersion: z.string().length(3),
      serialNumber: z.string(),
    })
    .partial()
    .optional(),
  options: z
    .strictObject({
      queueSize: z.int().min(20),
      thirdRepeat: z.literal('silent'),
      aftDelayMs: z.int().min(0),
      ticketDelayMs: z.int().min(0),
      printDelayMs: z.int().min(0),
    })
    .partial()
    .optional(),
});

const Action = z.union([
  z.strictObject({ raise: z.array(Code).min(1) }),
  z.strictObject({ credits: z.int().min(0) }),
  z.strictObject({ meters: Meters }),
  z.strictObject({ busy: z.boolean() }),
  z.strictObject({ play: z.strictObject({ betCredits: z.int().min(0), winCredits: z.int().min(0) }) }),
  z.strictObject({
    billIn: z.strictObject({
      countryCode: z.int().min(0).max(99),
      billDenomCode: z.literal([0, 2, 3, 4, 6, 7]),
    }),
  }),
  z.strictObject({
    handpay: z.strictObject({
      progressiveGroup: Byte,
      level: Byte,
      amount: z.int().min(0),
      partialPayCredits: z.int().min(0).max(9999),
      resetId: Byte,
    }),
  }),
  z.strictObject({ keyOff: z.literal(true) }),
  z.strictObject({ cashOut: z.literal(true) }),
  z.strictObject({ insertTicket: z.strictObject({ validationData: z.string().regex(/^[0-9]{18}$/) }) }),
  z.strictObject({ powerCycle: z.literal(true) }),
]);

const Step = z.union([
  z.strictObject({
    host: Hex,
    wakeup: z.union([z.literal(false), z.array(z.int().min(0))]).optional(),
    badCrc: z.literal(true).optional(),
  }),
  z.strictObject({ expect: Hex.nullable(), withinMs: z.literal(20).optional() }),
  z.strictObject({ expectDecoded: z.record(z.string(), z.unknown()) }),
  z.strictObject({ waitMs: z.int().min(1), keepAlive: z.literal(true).optional() }),
  z.strictObject({ machine: Action }),
  z.strictObject({ checkQueue: z.array(Code) }),
  z.strictObject({
    checkState: z
      .strictObject({
        credits: z.int().min(0),
        synced: z.boolean(),
        rte: z.boolean(),
        playEnabled: z.boolean(),
        meters: Meters,
      })
      .partial(),
  }),
  z.strictObject({ expectChirps: z.strictObject({ min: z.int().min(0), max: z.int().min(0) }) }),
]);

/** An executable scenario: the whole language, nothing else is accepted. */
export const Scenario = z.strictObject({
  id: z.string(),
  origin: z.string(),
  text: z.string(),
  confidence: z.enum(['M', '3', '2', '1', '?']),
  setup: Setup,
  steps: z.array(Step).min(1),
});

export type Scenario = z.infer<typeof Scenario>;
export type ScenarioStep = z.infer<typeof Step>;
export type ScenarioAction = z.infer<typeof Action>;
