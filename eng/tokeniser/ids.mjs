// node ids.mjs VOCAB LOWERCASE < texts.json: the ids that Hugging Face's tokenizers give each text, without [CLS] and [SEP].
import fs from 'node:fs';
import { Tokenizer, WordPiece, bertNormalizer, bertPreTokenizer } from 'tokenizers';

const [vocabulary, lowercase] = process.argv.slice(2);
const tokenizer = new Tokenizer(await WordPiece.fromFile(vocabulary));
tokenizer.setNormalizer(bertNormalizer({ cleanText: true, handleChineseChars: true, lowercase: lowercase === 'true' }));
tokenizer.setPreTokenizer(bertPreTokenizer());
tokenizer.addSpecialTokens(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']);
const ids = [];
for (const text of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  ids.push((await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds());
}
console.log(JSON.stringify(ids));
