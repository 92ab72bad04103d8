import { ack, data, type Handlers, nack } from './handler.ts';

/** What the host tells the machine to do (facts 5.1). */
export const controlHandlers: Handlers = {
  shutDown(machine) {
    machine.switches.playEnabled = false;
    return ack;
  },
  startUp(machine) {
    machine.switches.playEnabled = true;
    return ack;
  },
  soundOff: () => ack,
  soundOn: () => ack,
  gameSoundsOff: () => ack,
  enableBillAcceptor(machine) {
    machine.switches.billsEnabled = true;
    return ack;
  },
  disableBillAcceptor(machine) {
    machine.switches.billsEnabled = false;
    return ack;
  },
  configureBills(machine, { billDenominationMask, actionFlag }) {
    machine.switches.billMask = Number.parseInt(billDenominationMask, 16);
    machine.switches.billsStayEnabled = (actionFlag & 1) === 1;
    return ack;
  },
  enableGame(machine, { game, enabled }) {
    if (game !== 1) return nack;
    machine.switches.gameEnabled = enabled;
    return ack;
  },
  enterMaintenance(machine) {
    machine.switches.inMaintenance = true;
    return ack;
  },
  exitMaintenance(machine) {
    machine.switches.inMaintenance = false;
    return ack;
  },
  realTimeEvents(_machine, { rteEnabled }, port) {
    port.conversation.rte = rteEnabled;
    return ack;
  },
  delayGame: () => ack,
  autoRebet: () => ack,
  tournament: () => ack,
  setDateTime(machine, { date, time }) {
    return machine.setWallClock(date, time) ? ack : nack;
  },
  currentDateTime: (machine) => data(machine.wallClock()),
  extendedValidation: (
    machine,
    { controlMask, controlStates, cashableExpirationDays, restrictedExpirationDays },
  ) => {
    const mask = Number.parseInt(controlMask, 16);
    const { ticketing } = machine;
    ticketing.states = (ticketing.states & ~mask) | (Number.parseInt(controlStates, 16) & mask);
    if (cashableExpirationDays > 0) ticketing.cashableDays = cashableExpirationDays;
    if (restrictedExpirationDays > 0) ticketing.restrictedDays = restrictedExpirationDays;
    return data({
      assetNumber: machine.setup.assetNumber,
      controlStates: ticketing.states.toString(16).toUpperCase().padStart(4, '0'),
      cashableExpirationDays: ticketing.cashableDays,
      restrictedExpirationDays: ticketing.restrictedDays,
    });
  },
  extendedTicketData(machine, { elements }) {
    if (elements.length > 0) machine.ticketing.isDataSet = true;
    return data({ ticketDataFlag: machine.ticketing.isDataSet ? 1 : 0 });
  },
  ticketData(machine, { hostId }) {
    if (hostId !== undefined) machine.ticketing.isDataSet = true;
    return data({ ticketDataFlag: machine.ticketing.isDataSet ? 1 : 0 });
  },
  aftReceiptData: () => ack,
  aftTicketData: () => ack,
  meterCollect: () => data({ machineStatus: 0x80 }),
  machineNumbers(machine, { floorLocation }) {
    if (floorLocation !== '') machine.floorLocation = floorLocation;
    return data({
      controlFlags: '02',
      assetNumber: machine.setup.assetNumber,
      floorLocation: machine.floorLocation,
    });
  },
};
