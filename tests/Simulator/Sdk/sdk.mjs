// Walks the simulator with OpenAI's SDK for Node: sdk.mjs PLAIN_URL LIMITED_URL FAILING_URL
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const [plainUrl, limitedUrl, failingUrl] = process.argv.slice(2);
const client = (baseURL, options = {}) => new OpenAI({ baseURL, apiKey: 'right', maxRetries: 0, ...options });
const plain = client(plainUrl);
const ask = { model: 'gpt-4o-mini', messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Say all is well' }] };

const chat = await plain.chat.completions.create(ask);
assert.equal(chat.choices[0].message.content, 'all is well');
assert.equal(chat.usage.total_tokens, chat.usage.prompt_tokens + chat.usage.completion_tokens);

const schema = {
  type: 'object',
  properties: {
    steps: { type: 'array', minItems: 2, items: { $ref: '#/$defs/step' } },
    mood: { enum: ['calm', 'tense'] },
    score: { type: 'number', minimum: 1, maximum: 5 },
    note: { type: ['string', 'null'] },
  },
  required: ['steps', 'mood', 'score', 'note'],
  additionalProperties: false,
  $defs: { step: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false } },
};
const structured = await plain.chat.completions.create({
  ...ask, response_format: { type: 'json_schema', json_schema: { name: 'plan', strict: true, schema } },
});
const plan = JSON.parse(structured.choices[0].message.content);
assert.deepEqual(Object.keys(plan), schema.required);
assert.ok(plan.steps.length >= 2 && plan.steps.every((step) => typeof step.text === 'string'));
assert.ok(schema.properties.mood.enum.includes(plan.mood) && plan.score >= 1 && plan.score <= 5);

const stream = await plain.chat.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } });
let [streamed, usage] = ['', null];
for await (const chunk of stream) {
  streamed += chunk.choices[0]?.delta?.content ?? '';
  usage = chunk.usage ?? usage;
}
assert.equal(streamed, 'all is well');
assert.deepEqual(usage, chat.usage);
assert.equal(await plain.chat.completions.stream(ask).finalContent(), 'all is well');

const moderation = await plain.moderations.create({ input: ['Hello.', 'I will kill you'] });
assert.deepEqual(moderation.results.map((result) => result.flagged), [false, true]);

const embeddings = await plain.embeddings.create({ model: 'text-embedding-3-small', input: ['a taxi', 'a train'] });
for (const { embedding } of embeddings.data) {
  assert.ok(Math.abs(embedding.reduce((sum, x) => sum + x * x, 0) - 1) < 1e-5);
}

assert.ok((await plain.models.list()).data.some((model) => model.id === 'gpt-4o-mini'));
assert.equal((await plain.models.retrieve('gpt-4o')).id, 'gpt-4o');

await assert.rejects(plain.models.retrieve('gpt-9'), OpenAI.NotFoundError);
await assert.rejects(client(plainUrl, { apiKey: 'wrong' }).chat.completions.create(ask), OpenAI.AuthenticationError);
await assert.rejects(plain.chat.completions.create({ ...ask, n: 3 }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'n');
await assert.rejects(plain.chat.completions.create({ ...ask, temperature: 9 }), OpenAI.BadRequestError);

const { response } = await client(limitedUrl).chat.completions.create(ask).withResponse();
assert.equal(response.headers.get('x-ratelimit-remaining-requests'), '0');
await assert.rejects(
  client(limitedUrl).chat.completions.create(ask),
  (error) => error instanceof OpenAI.RateLimitError && error.code === 'rate_limit_exceeded' && Number(error.headers.get('retry-after')) > 50,
);

await assert.rejects(client(failingUrl).chat.completions.create(ask), OpenAI.InternalServerError);
assert.equal((await client(failingUrl, { maxRetries: 2 }).chat.completions.create(ask)).choices[0].message.content, 'all is well');
console.log('ok');
