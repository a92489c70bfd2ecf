export default {
  globs: ['src/**/*.ts'],
  exclude: [
    '**/*.test.ts',
    'src/transport/**',
    'src/streams/**',
    'src/platform/**',
    'src/model/**',
    'src/i18n/**',
  ],
  outdir: '.',
  litelement: true,
  packagejson: false,
};
