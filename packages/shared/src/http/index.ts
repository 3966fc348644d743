export {
  type HttpHandler,
  type HttpReply,
  jsonReply,
  listen,
  readBody,
  type RunningHttpServer,
} from './http-server.ts';
