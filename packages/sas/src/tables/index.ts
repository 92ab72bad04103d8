export { centsToCredits, creditsToCents, denominationValue, formatDenomination } from './denominations.ts';
export { type EventData, type EventWithData, eventData } from './events.ts';
export { exceptions, type FollowUp, followUps, priorityOrder, type SasException } from './exceptions.ts';
export { type Features, featureBytes, featuresOf, validationStyles } from './features.ts';
export { type Meter, type MeterUnit, meters } from './meters.ts';
export { ticketStatuses, ticketTransferCodes, validationTypes } from './tickets.ts';
export {
  lockStatuses,
  receiptStatuses,
  registrationCodes,
  registrationStatuses,
  transferCodes,
  transferStatuses,
  transferTypes,
} from './transfers.ts';
