// node batch.mjs MODEL.onnx IDS.json SECONDS THREADS: the time that onnxruntime-node takes for the batch, from ids to the model's output.
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import ort from 'onnxruntime-node';

const [model, file, seconds, threads] = process.argv.slice(2);
const { rows, length, ids, mask } = JSON.parse(fs.readFileSync(file));
const tensor = values => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [rows, length]);
const inputs = { input_ids: tensor(ids), attention_mask: tensor(mask), token_type_ids: tensor(ids.map(() => 0)) };
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: Number(threads) });
await session.run(inputs);
let batches = 0;
const start = performance.now();
for (; performance.now() - start < seconds * 1000; batches++) {
  await session.run(inputs);
}
console.log(`node: ${((performance.now() - start) / batches).toFixed(1)} ms a batch of ${rows} x ${length}, ${batches} batches`);
