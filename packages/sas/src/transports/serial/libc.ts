import koffi from 'koffi';

/** Numbers of asm-generic: x86, ARM and RISC-V. */
export const openFlags = { readWrite: 0x2, noControllingTerminal: 0x100, nonBlocking: 0x800 } as const;
export const request = {
  getTermios: 0x5401,
  setTermiosNow: 0x5402,
  setTermiosDrained: 0x5403,
  /** With the argument 1: waits until everything written has left. */
  drain: 0x5409,
  /** With the argument 0: forgets what was received; 2: what was not sent too. */
  flush: 0x540b,
  exclusive: 0x540c,
  outputQueue: 0x5411,
  getSerial: 0x541e,
  setSerial: 0x541f,
  lineStatus: 0x5459,
  ptyNumber: 0x8004_5430,
  ptyLock: 0x4004_5431,
} as const;
/** Of poll(2): there is something to read; an error, a hang-up or a closed descriptor. */
export const readable = 0x1;
export const hungUp = 0x8 | 0x10 | 0x20;

/** The names of the errors a tty gives. */
const names: Readonly<Record<number, string>> = {
  1: 'EPERM',
  2: 'ENOENT',
  4: 'EINTR',
  5: 'EIO',
  6: 'ENXIO',
  9: 'EBADF',
  11: 'EAGAIN',
  13: 'EACCES',
  16: 'EBUSY',
  19: 'ENODEV',
  22: 'EINVAL',
  25: 'ENOTTY',
  32: 'EPIPE',
};
export const errorName = (number: number): string => names[number] ?? `errno ${number}`;

/** The calls of the C library a serial port needs, blocking: for a thread that does nothing else. */
export function openLibc() {
  const c = koffi.load(null);
  return {
    open: c.func('int open(const char *path, int flags)') as (path: string, flags: number) => number,
    close: c.func('int close(int fd)') as (fd: number) => number,
    read: c.func('long read(int fd, _Out_ uint8_t *bytes, size_t size)') as (
      fd: number,
      bytes: Uint8Array,
      size: number,
    ) => number,
    write: c.func('long write(int fd, const uint8_t *bytes, size_t size)') as (
      fd: number,
      bytes: Uint8Array,
      size: number,
    ) => number,
    ioctl: c.func('int ioctl(int fd, unsigned long request, _Inout_ uint8_t *argument)') as (
      fd: number,
      request: number,
      argument: Uint8Array,
    ) => number,
    ioctlNumber: c.func('ioctl', 'int', ['int', 'unsigned long', 'long']) as (
      fd: number,
      request: number,
      argument: number,
    ) => number,
    poll: c.func('int poll(_Inout_ uint8_t *fds, unsigned long count, int timeout)') as (
      fds: Uint8Array,
      count: number,
      timeout: number,
    ) => number,
    usleep: c.func('int usleep(unsigned int microseconds)') as (microseconds: number) => number,
    flock: c.func('int flock(int fd, int operation)') as (fd: number, operation: number) => number,
    setScheduler: c.func('int sched_setscheduler(int thread, int policy, const int *priority)') as (
      thread: number,
      policy: number,
      priority: Int32Array,
    ) => number,
    pipe: c.func('int pipe(_Out_ uint8_t *fds)') as (fds: Uint8Array) => number,
    errno: (): number => koffi.errno(),
  };
}

export type Libc = ReturnType<typeof openLibc>;
