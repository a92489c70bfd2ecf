import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, readConfig } from '../src/config.js';
import { PACE } from '../src/outbox/worker.js';

const GOOD = {
  WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
  WHATSAPP_ACCESS_TOKEN: 'token-1',
  WHATSAPP_APP_SECRET: 'secret-1',
  WHATSAPP_VERIFY_TOKEN: 'verify-1',
  JWT_SECRET: 'x'.repeat(32),
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
}

test('the documented defaults hold', () => {
  const config = readConfig(GOOD, '/srv/app');
  assert.equal(config.port, 8080);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.dataDir, '/srv/app/.data');
  assert.equal(config.databaseUrl, null);
  assert.equal(config.policy.offerTimeout, 30_000);
  assert.equal(config.policy.agentCapacity, 10);
  assert.equal(config.policy.pendingWarning, 30_000);
  assert.equal(config.policy.pendingCritical, 50_000);
  assert.equal(config.demo, false);
});

test('every missing variable gets its own sentence', () => {
  const problems = problemsOf({});
  for (const name of Object.keys(GOOD)) {
    assert.equal(problems.filter((problem) => problem.startsWith(`${name} is missing`)).length, 1, name);
  }
});

test('a name that is nearly one of ours is refused, with the one that was meant', () => {
  const { WHATSAPP_APP_SECRET: _secret, WHATSAPP_ACCESS_TOKEN: _token, ...rest } = GOOD;
  for (const [name, meant] of [
    ['WHATSAPP_APP_SECERT', 'WHATSAPP_APP_SECRET'],
    ['WHATSAPP_APPSECRET', 'WHATSAPP_APP_SECRET'],
    ['WHATSAPP_TOKEN', 'WHATSAPP_ACCESS_TOKEN'],
    ['ALLOWED_ORIGIN', 'ALLOWED_ORIGINS'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['PENDING_WARNING', 'PENDING_WARNING_S'],
  ] as const) {
    const problems = problemsOf({ ...rest, [name]: 'x' });
    assert.ok(
      problems.includes(`${name} is not a name that the gateway knows: did you mean ${meant}?`),
      problems.join(),
    );
  }
});

test('what platforms and other programs set stops nothing: once, it is named', () => {
  const strangers = {
    WHATSAPP_GATEWAY_PORT: 'tcp://10.0.0.1:8080',
    AGENT_NAME: 'build-7',
    // What was meant is set as well: this is somebody else's.
    WHATSAPP_TOKEN: 'x',
    STAND_IN_PORT: '8090',
    HOME: '/root',
    POST: 'x',
  };
  const { warnings } = readConfig({ ...GOOD, ...strangers });
  assert.deepEqual(warnings, [
    'Not known to the gateway, and without effect: WHATSAPP_GATEWAY_PORT, AGENT_NAME, WHATSAPP_TOKEN.',
  ]);
});

test('several numbers are taken, and what is no id is refused', () => {
  const ids = (value: string) =>
    readConfig({ ...GOOD, WHATSAPP_PHONE_NUMBER_ID: value }).whatsapp.phoneNumberIds;
  assert.deepEqual(ids('1, 23,'), ['1', '23']);
  assert.match(problemsOf({ ...GOOD, WHATSAPP_PHONE_NUMBER_ID: '+34 600' })[0] ?? '', /no id of digits/);
});

test('the pace is WhatsApp’s own unless it is set', () => {
  assert.deepEqual(readConfig(GOOD).pace, PACE);
  const { pace } = readConfig({
    ...GOOD,
    SEND_RATE: '20',
    CONTACT_SEND_INTERVAL_S: '10',
    CONTACT_SEND_BURST: '5',
  });
  assert.deepEqual(pace, { channel: { interval: 50, burst: 20 }, lane: { interval: 10_000, burst: 5 } });
  assert.equal(problemsOf({ ...GOOD, SEND_RATE: '0' }).length, 1);
});

test('a demo on a database of another machine, and a token in plain sight, are refused', () => {
  const demo = (DATABASE_URL: string) => problemsOf({ ...GOOD, DEMO: '1', DATABASE_URL });
  assert.match(demo('postgresql://app@db.example.com/desk')[0] ?? '', /^DEMO=1 signs everybody in/);
  assert.match(demo('postgresql://app@localhost/desk?host=10.0.0.7')[0] ?? '', /^DEMO=1 signs everybody in/);
  for (const url of ['postgresql://localhost/desk', 'postgresql:///desk?host=%2Frun%2Fpg']) {
    assert.deepEqual(demo(url), []);
  }
  assert.deepEqual(problemsOf({ ...GOOD, DATABASE_URL: 'postgresql://app@db.example.com/desk' }), []);
  const plain = problemsOf({ ...GOOD, WHATSAPP_API_URL: 'http://graph.example.com/v23.0' });
  assert.match(plain[0] ?? '', /^WHATSAPP_API_URL must begin with https/);
  assert.deepEqual(problemsOf({ ...GOOD, WHATSAPP_API_URL: 'http://127.0.0.1:8090/v23.0' }), []);
});

test('values of the wrong kind are refused', () => {
  for (const [name, value] of [
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['OFFER_TIMEOUT_S', '0'],
    ['AGENT_CAPACITY', '-1'],
    ['DESKS_PER_AGENT', '0'],
    ['DATABASE_URL', 'mysql://x'],
    ['WHATSAPP_API_URL', 'graph.facebook.com'],
    ['ALLOWED_ORIGINS', 'https://crm.example.com/'],
    ['DEMO', 'yes'],
  ] as const) {
    const problems = problemsOf({ ...GOOD, [name]: value });
    assert.equal(problems.length, 1, `${name}=${value}`);
    assert.match(problems[0] ?? '', new RegExp(`^${name}`));
  }
});

test('a short secret, two key sources, and a JWKS without issuer are refused', () => {
  assert.match(problemsOf({ ...GOOD, JWT_SECRET: 'short' })[0] ?? '', /at least 32 characters/);
  const { JWT_SECRET, ...rest } = GOOD;
  assert.match(
    problemsOf({ ...rest, JWT_SECRET, JWKS_URL: 'https://idp/keys', JWT_ISSUER: 'idp' })[0] ?? '',
    /not both/,
  );
  assert.match(problemsOf({ ...rest, JWKS_URL: 'https://idp/keys' })[0] ?? '', /^JWT_ISSUER is missing/);
  assert.deepEqual(problemsOf({ ...rest, JWKS_URL: 'https://idp/keys', JWT_ISSUER: 'idp' }), []);
});

test('the demo needs no secret, and is refused in production', () => {
  const { JWT_SECRET: _, ...rest } = GOOD;
  assert.deepEqual(problemsOf({ ...rest, DEMO: '1' }), []);
  assert.match(problemsOf({ ...rest, DEMO: '1', NODE_ENV: 'production' })[0] ?? '', /NODE_ENV is production/);
});

test('a demo that others reach is refused with the real WhatsApp, and warned of with another one', () => {
  const open = { ...GOOD, DEMO: '1', HOST: '0.0.0.0' };
  assert.match(problemsOf(open)[0] ?? '', /^DEMO=1 signs everybody in/);
  const { warnings } = readConfig({ ...open, WHATSAPP_API_URL: 'http://127.0.0.1:8090/v23.0' });
  assert.match(warnings[0] ?? '', /^DEMO=1 signs everybody in/);
  for (const HOST of ['127.0.0.1', 'localhost', '::1']) {
    assert.deepEqual(readConfig({ ...open, HOST }).warnings, []);
  }
});

test('keys are fetched over https, or from this machine', () => {
  const { JWT_SECRET: _, ...rest } = GOOD;
  const problems = (url: string) => problemsOf({ ...rest, JWKS_URL: url, JWT_ISSUER: 'idp' });
  assert.match(problems('http://idp.example.com/keys')[0] ?? '', /^JWKS_URL must begin with https/);
  for (const url of ['https://idp.example.com/keys', 'http://localhost:9/keys', 'http://[::1]:9/keys']) {
    assert.deepEqual(problems(url), []);
  }
});

test('files lie beside the embedded database, or where the operator says', () => {
  assert.equal(readConfig(GOOD, '/srv').mediaDir, '/srv/.data/media');
  assert.equal(readConfig({ ...GOOD, DATA_DIR: '/var/gateway' }, '/srv').mediaDir, '/var/gateway/media');
  assert.equal(readConfig({ ...GOOD, MEDIA_DIR: 'files' }, '/srv').mediaDir, '/srv/files');
});

test('names of later versions are taken, with a warning', () => {
  const { warnings } = readConfig({ ...GOOD, NATS_URL: 'nats://127.0.0.1' });
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /^NATS_URL has no effect yet/);
});

test('no sentence tells a secret', () => {
  const secrets = {
    JWT_SECRET: 'hush-hush',
    WHATSAPP_ACCESS_TOKEN: 'hush-token',
    WHATSAPP_APP_SECRET: 'hush-app',
  };
  const problems = problemsOf({ ...secrets, PORT: 'x', WHATSAPP_VERIFY_TOKN: 'hush-noise' });
  assert.ok(problems.length > 0);
  assert.ok(!problems.join().includes('hush'));
});

test('business accounts are named by their ids, and there may be none', () => {
  const accounts = (value: string) =>
    readConfig({ ...GOOD, WHATSAPP_BUSINESS_ACCOUNT_ID: value }).whatsapp.businessAccountIds;
  assert.deepEqual(readConfig(GOOD).whatsapp.businessAccountIds, []);
  assert.deepEqual(accounts('102290129340398, 102290129340399'), ['102290129340398', '102290129340399']);
  assert.equal(problemsOf({ ...GOOD, WHATSAPP_BUSINESS_ACCOUNT_ID: 'Harbour' }).length, 1);
});
