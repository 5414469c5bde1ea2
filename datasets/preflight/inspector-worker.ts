import { parentPort, workerData } from 'node:worker_threads';
import { DataError } from '../error.ts';
import type { Message } from '../out/exporters/canonical.ts';
import { loadChatModel } from './chat-model.ts';
import { inspectRecord } from './inspect-record.ts';
import type { InspectorReply } from './inspector.ts';

/** Loads the model's folder, says so, and then answers each batch of conversations. */
const faultOf = (error: unknown): InspectorReply => {
  if (!(error instanceof DataError)) throw error;
  const { code, file, message } = error;
  return { fault: { code, file, message: message.slice(`${file}: `.length) } };
};

const told = async (): Promise<InspectorReply> => {
  try {
    const model = await loadChatModel(workerData as string);
    parentPort!.on('message', (conversations: readonly (readonly Message[])[]) => {
      try {
        parentPort!.postMessage({
          inspected: conversations.map((one) => inspectRecord(one, model)),
        } satisfies InspectorReply);
      } catch (error) {
        parentPort!.postMessage(faultOf(error));
      }
    });
    return { template: model.template };
  } catch (error) {
    return faultOf(error);
  }
};

parentPort!.postMessage(await told());
