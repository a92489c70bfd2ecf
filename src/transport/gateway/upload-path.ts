/** Path on the gateway under which desks bring files, by the tus protocol 1.0.0. */
export const UPLOAD_PATH = '/v1/uploads';
