/** Of this package, as in package.json: several versions may stand on one page. */
export const VERSION = '0.1.0';
