import { type LiveMessage, routes } from '@vakhta/api';
import { systemClock, systemRandom } from '@vakhta/kernel';
import { type LinkState, LiveSocket, liveAddress } from '@vakhta/sdk';
import { api } from '../app/api.ts';
import { chosenOrganisation } from '../app/organisation.ts';
import { queryClient } from '../app/query-client.ts';
import { sessionQuery } from '../app/session.ts';
import { CommandStore } from './command-store.ts';
import { ThingStore } from './thing-store.ts';

/** Asking how commands ended waits this long, so that fifty of a batch are asked for together. */
const ASK_DELAY = 120;
const SIGNED_OUT_DELAY = 300;
const NEWEST = 200;

const nextFrame = (work: () => void) => {
  // A hidden page gets no frames, yet its lists must not grow without end.
  if (document.hidden) systemClock.after(250, work);
  else requestAnimationFrame(work);
};

/** The live state of the desk: one socket feeding both stores and the query cache. */
export const things = new ThingStore(nextFrame);
export const commands = new CommandStore(nextFrame);

let linkState: LinkState = 'connecting';
const linkListeners = new Set<() => void>();
const messageListeners = new Set<(message: LiveMessage) => void>();

export const link = {
  get: () => linkState,
  subscribe: (listener: () => void) => {
    linkListeners.add(listener);
    return () => linkListeners.delete(listener);
  },
};

/** Every message as it comes: for what is shown as a stream (a thing's log, an agent's arrival). */
export function onLiveMessage(listener: (message: LiveMessage) => void): () => void {
  messageListeners.add(listener);
  return () => messageListeners.delete(listener);
}

let wasOpen = false;

function onState(state: LinkState): void {
  linkState = state;
  for (const listener of linkListeners) listener();
  if (state !== 'open') return;
  // What happened while there was no socket is in the lists only.
  if (wasOpen) askForAll();
  else void loadNewestCommands();
  wasOpen = true;
}

function askForAll(): void {
  void queryClient.invalidateQueries();
  void loadNewestCommands();
}

function onMessage(message: LiveMessage): void {
  things.apply(message);
  commands.apply(message);
  if (message.type === 'missed') askForAll();
  if (message.type === 'changed') void queryClient.invalidateQueries({ queryKey: [message.what] });
  if (message.type === 'presence') {
    // Neither the reason of a silence nor an agent's health comes with the message.
    if (message.agent) void queryClient.invalidateQueries({ queryKey: ['agents'] });
    if (message.thing && !message.online) askThing(message.thing);
  }
  if (message.type === 'command') askSoon();
  for (const listener of messageListeners) listener(message);
}

const silentThings = new Set<string>();
function askThing(id: string): void {
  silentThings.add(id);
  if (silentThings.size > 1) return;
  systemClock.after(ASK_DELAY * 4, () => {
    const asked = [...silentThings];
    silentThings.clear();
    if (asked.length > 5) void queryClient.invalidateQueries({ queryKey: ['things'] });
    else
      for (const thing of asked)
        api.call(routes.getThing, { params: { thing } }).then((answer) => things.load([answer]), ignore);
  });
}

let asking = false;
function askSoon(): void {
  if (asking) return;
  asking = true;
  systemClock.after(ASK_DELAY, () => {
    asking = false;
    void askHowTheyEnded();
  });
}

const MOST_SINGLE_QUESTIONS = 8;

async function askHowTheyEnded(): Promise<void> {
  const open = commands.incomplete();
  const batches = new Set(open.flatMap(({ batch }) => batch ?? []));
  const single = open.filter(({ batch }) => batch === null);
  const questions = [...batches].map((batch) =>
    api.call(routes.listCommands, { query: { batch, limit: 1000 } }),
  );
  if (single.length > MOST_SINGLE_QUESTIONS)
    questions.push(api.call(routes.listCommands, { query: { limit: NEWEST } }));
  const answers = await Promise.allSettled([
    ...questions,
    ...(single.length > MOST_SINGLE_QUESTIONS ? [] : single).map(async ({ id }) => ({
      items: [await api.call(routes.getCommand, { params: { command: id } })],
    })),
  ]);
  for (const answer of answers) if (answer.status === 'fulfilled') commands.load(answer.value.items);
}

async function loadNewestCommands(): Promise<void> {
  await api
    .call(routes.listCommands, { query: { limit: NEWEST } })
    .then(({ items }) => commands.load(items), ignore);
}

/** The next state or the next page load repairs what one failed question left out. */
const ignore = () => {};

/** One session may have replaced another, whose cookie is on its way: asked a moment later. */
function onSignedOut(): void {
  systemClock.after(SIGNED_OUT_DELAY, () => {
    void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
  });
}

/** Opens the socket; the answer closes it. */
export function startLive(): () => void {
  const socket = new LiveSocket({
    url: liveAddress('', chosenOrganisation()),
    clock: systemClock,
    random: systemRandom,
    onMessage,
    onState,
    onSignedOut,
  });
  const hurry = () => socket.hurry();
  addEventListener('online', hurry);
  socket.start();
  return () => {
    removeEventListener('online', hurry);
    socket.stop();
  };
}
