/** Changes with the data. */
export declare const version: string;
/** All emoji with their English names and tags, as JSON. */
export declare const json: string;
