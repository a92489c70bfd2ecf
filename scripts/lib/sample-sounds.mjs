// Recordings for the tests, made by ffmpeg: a tone of 440 Hz in all kinds that WhatsApp knows, and some that it does not. Where there is no ffmpeg, their tests are skipped.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFfmpeg } from './browsers.mjs';
import { root, run } from './run.mjs';

const FOLDER = join(root, '.build', 'sounds');

/** By file name: how long in seconds, and what ffmpeg is told. */
const SOUNDS = {
  'tone.amr': [3, '-ar 8000 -ac 1 -c:a libopencore_amrnb -b:a 12.2k'],
  'long.amr': [90, '-ar 8000 -ac 1 -c:a libopencore_amrnb -b:a 12.2k'],
  'wide.amr': [3, '-ar 16000 -ac 1 -c:a libvo_amrwbenc'],
  'tone.ogg': [3, '-ac 1 -c:a libopus -b:a 16k -application voip'],
  'stereo.ogg': [3, '-ac 2 -c:a libopus -b:a 64k'],
  'tone.mp3': [3, '-c:a libmp3lame'],
  'tone.m4a': [3, '-c:a aac'],
  'tone.aac': [3, '-c:a aac -f adts'],
  'tone.ac3': [3, '-c:a ac3'],
};

/** Makes those that are not there yet. What ffmpeg was built without is left out. */
export async function ensureSampleSounds() {
  const missing = Object.entries(SOUNDS).filter(([name]) => !existsSync(join(FOLDER, name)));
  if (missing.length === 0) return;
  const ffmpeg = await ensureFfmpeg();
  if (!ffmpeg) return console.log('ffmpeg: not found, tests with its recordings will be skipped');
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, [seconds, options]] of missing) {
    // By another name until it is there as a whole.
    const made = join(FOLDER, `new-${name}`);
    const tone = `sine=frequency=440:duration=${seconds}`;
    const args = ['-y', '-v', 'error', '-f', 'lavfi', '-i', tone, '-af', 'volume=4', ...options.split(' ')];
    const { code, output } = await run(ffmpeg, [...args, made], { capture: true });
    if (code === 0) renameSync(made, join(FOLDER, name));
    else console.log(`${name}: could not be made\n${output}`);
  }
}
