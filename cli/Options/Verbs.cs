namespace DialogueMesh.Cli.Options;

/// <summary>The verbs and their options: the one table that parsing, messages and help are made from.</summary>
internal static class Verbs
{
    public static readonly OptionSpec Help = new("help", "", "Show this help.");
    public static readonly OptionSpec Version = new("version", "", "Show the version.");

    public static readonly OptionSpec TotalGenerations = new("total_generations", "N", "How many accepted dialogues to make. Required.");
    public static readonly OptionSpec MinTurns = new("min_turns", "A B", "Each dialogue draws its least number of exchanges from A to B. Default: 5 10.");
    public static readonly OptionSpec MaxTurns = new("max_turns", "C D", "Each draws its greatest from C (or its least, if that is more) to D. Default: 7 20.");
    public static readonly OptionSpec Mode = new("mode", "MODE", "outline: plan the meaning, then have it said, with checked labels. freeform: a free prompt with a base conversation, labels as the model says. Default: outline.");
    public static readonly OptionSpec Seed = new("seed", "N", "The same seed, options, corpus and model give the same plan. Default: 42.");

    public static readonly OptionSpec DatasetName = new("dataset_name", "NAME", "Seed corpus, looked for in local_datasets/; the default one falls back to the sample that comes along. Default: pfb30/multi_woz_v22.");
    public static readonly OptionSpec DatasetPath = new("dataset_path", "DIR", "Any MultiWOZ 2.2 or SGD directory as seed corpus, instead of --dataset_name.");
    public static readonly OptionSpec Personas = new("personas", "FILE", "Personas, JSONL or CSV with FinePersonas' column names. Default: those of data fetch personas where they are, else the sample's.");
    public static readonly OptionSpec Ontology = new("ontology", "DIR", "A folder with more services and regions, in the layout of data/ontology.");

    public static readonly OptionSpec Services = new("services", "NAME…", "Only combinations of these services. Default: all.");
    public static readonly OptionSpec Regions = new("regions", "NAME…", "Only these regions; a name with a blank in quotes. Default: all.");
    public static readonly OptionSpec Resolutions = new("resolutions", "NAME…", "Only these of Resolved, Failed, Escalated. Default: all.");
    public static readonly OptionSpec Emotions = new("emotions", "NAME…", "Only these emotions, of the user or the assistant. Default: all.");

    public static readonly OptionSpec Model = new("model", "NAME", "Model to ask. Default: gpt-4o-mini.");
    public static readonly OptionSpec Endpoint = new("endpoint", "URL", "An OpenAI-compatible server, such as http://localhost:8000/v1. Default: OpenAI with a key, else the built-in simulator.");
    public static readonly OptionSpec ApiVersion = new("api_version", "DATE", "Azure OpenAI's API version, such as 2024-10-21: --endpoint is then the resource, --model the deployment. Default: the resource's /openai/v1.");
    public static readonly OptionSpec Moderation = new("moderation", "MODE", "endpoint: each candidate is sent to the server's moderation. off: the structure checks alone decide. Default: endpoint.");
    public static readonly OptionSpec Temperature = new("temperature", "X…", "One or more, each used equally often. Default: 0.7 0.8 0.9 1.0.");
    public static readonly OptionSpec TopP = new("top_p", "X…", "The same. Default: 0.8 0.85 0.9 0.95 1.0.");
    public static readonly OptionSpec FrequencyPenalty = new("frequency_penalty", "X…", "The same. Default: 0.0 0.2 0.4 0.6 0.7.");
    public static readonly OptionSpec PresencePenalty = new("presence_penalty", "X…", "The same. Default: 0.0 0.2 0.4 0.6 0.7.");

    public static readonly OptionSpec SimilarityThreshold = new("similarity_threshold", "X", "Cosine from which two dialogues count as near-duplicates, above 0 and up to 1. Default: 0.85 for builtin, 0.9 for a transformer; docs/uniqueness.md says what they let pass.");
    public static readonly OptionSpec Encoder = new("encoder", "NAME", "What near-duplicates are found with: builtin, or the folder of a sentence-transformers model exported to ONNX. Default: models/sentence_transformer where a model is there, else builtin.");
    public static readonly OptionSpec Against = new("against", "FILE…", "Earlier datasets that no dialogue may resemble, in words or meaning: generated dialogues, MultiWOZ or SGD files, or JSONL with \"text\" or \"utterances\".");
    public static readonly OptionSpec MaxParallel = new("max_parallel", "N", "Most model calls in flight at once; begins with few and feels its way up. Default: 512; 64 where the built-in simulator answers at once.");
    public static readonly OptionSpec Rpm = new("rpm", "N", "Most requests of the model in any 60 seconds. Default: what the server says.");
    public static readonly OptionSpec Tpm = new("tpm", "N", "Most tokens of prompts and answers in any 60 seconds. Default: what the server says.");
    public static readonly OptionSpec InputTpm = new("input_tpm", "N", "The same of prompts alone.");
    public static readonly OptionSpec OutputTpm = new("output_tpm", "N", "The same of answers alone.");
    public static readonly OptionSpec MaxCandidates = new("max_candidates", "N", "Answers of the model, accepted or not, over the whole run. Default: 10 for each dialogue, at least 100.");
    public static readonly OptionSpec MaxCost = new("max_cost", "DOLLARS", "US dollars paid over the whole run; answers from the cache are free. Default: no limit.");
    public static readonly OptionSpec Prices = new("prices", "FILE", "What models cost, US dollars per million tokens, in the form of data/prices.json. Default: that file.");
    public static readonly OptionSpec BatchSize = new("batch_size", "N", "Dialogues between two durable saves with a summary in the log. Default: 100.");

    public static readonly OptionSpec OutputFile = new("output_file", "FILE", "The dialogues; manifest, journal and log are put beside it. Default: generated_dialogues.json.");
    public static readonly OptionSpec HashFile = new("hash_file", "FILE", "SHA-256 of each dialogue's text. Default: dialogue_hashes.json.");
    public static readonly OptionSpec EmbeddingFile = new("embedding_file", "FILE", "One vector a dialogue, for numpy. Default: dialogue_embeddings.npy.");

    public static readonly OptionSpec CacheFile = new("cache_file", "FILE", "Where the model's answers are kept, so that none is paid for twice. Default: dialoguemesh/responses.db in your cache folder; the built-in simulator's are kept only where a file is given.");
    public static readonly OptionSpec NoCache = new("no_cache", "", "Ask for everything anew, and keep nothing.");
    public static readonly OptionSpec Action = new("ACTION", "ACTION", "stats: what is kept, by server and model. prune: remove what is old.");
    public static readonly OptionSpec Days = new("days", "N", "Remove answers older than this; 0 removes all. Default: 30.");

    public static readonly OptionSpec Resume = new("resume", "", "Go on with the run whose files lie there; a larger N extends it.");
    public static readonly OptionSpec DryRun = new("dry_run", "", "Show the plan and a forecast of calls, tokens and cost; call nothing.");
    public static readonly OptionSpec TestExtraction = new("test_extraction", "", "Print one dialogue of the seed corpus and stop.");
    public static readonly OptionSpec ExtractionIndex = new("extraction_index", "N", "Which one, from 0. Default: 0.");
    public static readonly OptionSpec Index = new("index", "N", "Which dialogue, from 0. Required.");

    public static readonly OptionSpec Mesh = new("mesh", "URL", "Have a running mesh do it: its console's address. Sources, encoder, model server and rate limits are then the mesh's own.");
    public static readonly OptionSpec Paths = new("PATH", "PATH…", "A corpus: generated dialogues, or a MultiWOZ 2.2 or SGD directory or file, JSON or JSONL.");
    public static readonly OptionSpec Reference = new("reference", "PATH", "The corpus to compare with, as a rule the one generated from. Default: the sample that comes along.");
    public static readonly OptionSpec Tokens = new("tokens", "N", "Distinct-n and entropy are taken from so many words of each speaker; only equal numbers compare. Default: 15000.");
    public static readonly OptionSpec Json = new("json", "FILE", "Write all figures there as well.");

    public static readonly OptionSpec FetchModels = new("NAME", "fetch NAME", "all-MiniLM-L6-v2: the transformer that generate then takes as its encoder (91 MB).");
    public static readonly OptionSpec FetchData = new("NAME", "fetch NAME…", "multiwoz, sgd: seed corpora. personas: FinePersonas, 100,000 of them in pages of 100.");
    public static readonly OptionSpec From = new("from", "URL", "The address of a mirror, before the paths of the files. Default: where data/downloads.json says.");
    public static readonly OptionSpec Sha256 = new("sha256", "HEX", "Take it only if the list of its files (fetched.sha256, told at the end) has this digest.");
    public static readonly OptionSpec Rows = new("rows", "N", "The first N personas instead of all.");

    public static readonly VerbSpec Generate = new(
        "generate",
        "Make exactly N labelled, balanced, moderated, mutually different dialogues.",
        "generate --total_generations N [options]",
        [
            new("Dialogues", [TotalGenerations, MinTurns, MaxTurns, Mode, Seed]),
            new("Sources", [DatasetName, DatasetPath, Personas, Ontology]),
            new("Filters (names with commas or blanks between them)", [Services, Regions, Resolutions, Emotions]),
            new("Model", [Model, Endpoint, ApiVersion, Moderation, Temperature, TopP, FrequencyPenalty, PresencePenalty]),
            new("Limits", [SimilarityThreshold, Encoder, Against, MaxParallel, Rpm, Tpm, InputTpm, OutputTpm, MaxCandidates, MaxCost, Prices, BatchSize]),
            new("Files", [OutputFile, HashFile, EmbeddingFile, CacheFile, NoCache]),
            new("Ways to run", [Mesh, Resume, DryRun, TestExtraction, ExtractionIndex, Help]),
        ],
        [
            "generate --total_generations 100",
            "generate --total_generations 5000 --model gpt-4o-mini --max_cost 10",
            "generate --total_generations 200 --services hotel,taxi --regions \"New York\" London",
            "generate --total_generations 50 --endpoint http://localhost:8000/v1 --moderation off",
            "generate --total_generations 1000 --temperature 0.7 0.9 --max_turns 10 12 --dry_run",
            "extract --index 3 --dataset_path path/to/multiwoz",
        ]);

    public static readonly VerbSpec Extract = new(
        "extract",
        "Print one dialogue of the seed corpus as the prompts quote it.",
        "extract --index N [--dataset_name NAME | --dataset_path DIR]",
        [new("Options", [Index, DatasetName, DatasetPath, Help])],
        ["extract --index 0", "extract --index 3 --dataset_path path/to/multiwoz"]);

    public static readonly VerbSpec Measure = new(
        "measure",
        "Measure how varied a corpus is and how near to human ones: generated dialogues, MultiWOZ, SGD, side by side.",
        "measure PATH… [--reference PATH] [--json FILE]",
        [new("Options", [Reference, Tokens, Json, Help])],
        ["measure generated_dialogues.json", "measure generated_dialogues.json path/to/sgd/dev --reference path/to/sgd --json measures.json"])
    {
        Words = Paths,
    };

    public static readonly VerbSpec Cache = new(
        "cache",
        "Show what answers of models are kept, or remove old ones.",
        "cache stats|prune [options]",
        [new("Options", [CacheFile, Days, Help])],
        ["cache stats", "cache prune --days 7"])
    {
        Words = Action,
    };

    public static readonly VerbSpec Models = new(
        "models",
        "Fetch an encoder into models/. Interrupted or cut off, it goes on when run again.",
        "models fetch NAME [--from URL]",
        [new("Options", [From, Sha256, Help])],
        ["models fetch all-MiniLM-L6-v2"])
    {
        Words = FetchModels,
    };

    public static readonly VerbSpec Data = new(
        "data",
        "Fetch seed corpora and personas into local_datasets/. Interrupted or cut off, it goes on when run again.",
        "data fetch NAME… [--from URL]",
        [new("Options", [From, Sha256, Rows, Help])],
        ["data fetch multiwoz", "data fetch personas --rows 5000"])
    {
        Words = FetchData,
    };

    public static IReadOnlyList<VerbSpec> All { get; } = [Generate, Extract, Measure, Models, Data, Cache];
}
