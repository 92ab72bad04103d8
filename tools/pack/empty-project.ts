import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** A project with nothing in it but a package of ours, as somebody else would have it. */
export interface EmptyProject {
  folder: string;
  /** Writes a file. */
  write(file: string, code: string): Promise<void>;
  /** Runs Node there; resolves with what it printed, rejects when it fails. */
  node(args: readonly string[], env?: Record<string, string>): Promise<string>;
  /** What the compiler says of a file, strictly: '' when it fits. */
  typeCheck(file: string): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Packs what `stage` writes and installs it. What it `needs` of others is packed from what is installed here, beside
 * the `home` package or at the root, so that no network is needed.
 */
export async function installInEmptyProject(published: {
  stage: (folder: string) => Promise<void>;
  home: string;
  needs: readonly string[];
}): Promise<EmptyProject> {
  const folder = await mkdtemp(join(tmpdir(), 'vakhta-pack-'));
  const stage = join(folder, 'stage');
  const project = join(folder, 'project');
  await mkdir(stage);
  await mkdir(project);
  await published.stage(stage);
  const tarballs: string[] = [];
  for (const name of published.needs) {
    const from = await installed(name, [published.home, root]);
    if (from !== undefined) tarballs.push(await pack(from, folder));
  }
  tarballs.push(await pack(stage, folder));
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'empty', private: true, type: 'module' }),
  );
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs], {
    cwd: project,
  });
  return {
    folder: project,
    write: (file, code) => writeFile(join(project, file), code),
    node: async (args, env = {}) => {
      const options = { cwd: project, env: { ...process.env, ...env } };
      return (await run(process.execPath, [...args], options)).stdout;
    },
    typeCheck: (file) =>
      run(join(root, 'node_modules/.bin/tsc'), [...strictly, file], { cwd: project }).then(
        () => '',
        (error: { stdout: string }) => error.stdout,
      ),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const strictly = [
  '--noEmit',
  '--strict',
  '--module',
  'nodenext',
  '--target',
  'es2024',
  '--skipLibCheck',
  '--typeRoots',
  join(root, 'node_modules/@types'),
  '--types',
  'node',
];

/** Where npm put a package for us. */
async function installed(name: string, places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    const path = join(place, 'node_modules', name);
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}

/** Packs `from` into `folder` and tells the tarball. */
async function pack(from: string, folder: string): Promise<string> {
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, from],
    { cwd: folder },
  );
  const [packed] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>);
  return join(folder, packed!.filename);
}
