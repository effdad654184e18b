using DialogueMesh.Cli.Commands;
using Xunit;

namespace DialogueMesh.Tests.Cli;

public class BadInputTests
{
    [Theory]
    [InlineData("", "no command given")]
    [InlineData("genrate --total_generations 5", "did you mean 'generate'?")]
    [InlineData("frobnicate", "unknown command 'frobnicate'")]
    [InlineData("--total_generations 5 generate", "the command comes first, before --total_generations")]
    [InlineData("generate", "--total_generations is missing")]
    [InlineData("generate --total_generations", "--total_generations needs a value")]
    [InlineData("generate --total_generations ten", "--total_generations 'ten' is not a whole number")]
    [InlineData("generate --total_generations 1.5", "'1.5' is not a whole number")]
    [InlineData("generate --total_generations 99999999999", "more than can be counted")]
    [InlineData("generate --total_generations 10000001", "--total_generations 10000001 is more than a run can plan: give at most 10000000")]
    [InlineData("generate --total_generations 0", "--total_generations 0 is too low")]
    [InlineData("generate --total_generations -3", "--total_generations -3 is too low")]
    [InlineData("generate --total_generations 5 6", "takes one value, not 2 ('5', '6')")]
    [InlineData("generate 5", "unexpected '5'")]
    [InlineData("generate --total_generations 5 --temprature 0.5", "unknown option --temprature of generate: did you mean --temperature?")]
    [InlineData("generate --total_generations 5 --services hotel --max-candidate 5", "did you mean --max_candidates?")]
    [InlineData("generate --total_generations 5 --api_key=sk-secret", "unknown option --api_key of generate")]
    [InlineData("generate --total_generations 5 -x", "unknown option -x")]
    [InlineData("generate --total_generations 5 --resume maybe", "unexpected 'maybe'")]
    [InlineData("generate --total_generations 5 --resume=maybe", "unexpected 'maybe' after --resume")]
    [InlineData("generate --total_generations 5 --min_turns 5", "--min_turns takes 2 values, not 1")]
    [InlineData("generate --total_generations 5 --min_turns 5 6 7", "--min_turns takes 2 values, not 3")]
    [InlineData("generate --total_generations 5 --min_turns 8 6", "--min_turns 8 6 runs backwards: give --min_turns 6 8")]
    [InlineData("generate --total_generations 5 --max_turns 20 7", "--max_turns 20 7 runs backwards")]
    [InlineData("generate --total_generations 5 --min_turns 0 5", "--min_turns 0 is too low")]
    [InlineData("generate --total_generations 5 --min_turns 5 25", "--max_turns 7 20 ends below --min_turns 5 25")]
    [InlineData("generate --total_generations 5 --min_turns a b", "--min_turns 'a' is not a whole number")]
    [InlineData("generate --total_generations 5 --similarity_threshold 0", "--similarity_threshold 0 is out of range: give a number above 0 up to 1")]
    [InlineData("generate --total_generations 5 --similarity_threshold 1.01", "--similarity_threshold 1.01 is out of range")]
    [InlineData("generate --total_generations 5 --similarity_threshold NaN", "--similarity_threshold NaN is out of range")]
    [InlineData("generate --total_generations 5 --temperature 0.5 2.1", "--temperature 2.1 is out of range: give a number from 0 up to 2")]
    [InlineData("generate --total_generations 5 --temperature warm", "--temperature 'warm' is not a number")]
    [InlineData("generate --total_generations 5 --temperature", "--temperature needs a value")]
    [InlineData("generate --total_generations 5 --top_p 0", "--top_p 0 is out of range")]
    [InlineData("generate --total_generations 5 --frequency_penalty -2.5", "--frequency_penalty -2.5 is out of range")]
    [InlineData("generate --total_generations 5 --presence_penalty 3", "--presence_penalty 3 is out of range")]
    [InlineData("generate --total_generations 5 --max_parallel 0", "--max_parallel 0 is too low")]
    [InlineData("generate --total_generations 5 --rpm 0", "--rpm 0 is too low")]
    [InlineData("generate --total_generations 5 --output-tpm -3", "--output_tpm -3 is too low")]
    [InlineData("generate --total_generations 5 --max_candidates 0", "--max_candidates 0 is too low")]
    [InlineData("generate --total_generations 5 --max_cost 0", "--max_cost 0 leaves nothing to spend")]
    [InlineData("generate --total_generations 5 --max_cost lots", "--max_cost 'lots' is not a number")]
    [InlineData("generate --total_generations 5 --batch_size 0", "--batch_size 0 is too low")]
    [InlineData("generate --total_generations 5 --extraction_index -1", "--extraction_index -1 is too low")]
    [InlineData("generate --total_generations 5 --mode prose", "--mode 'prose' is unknown: give outline or freeform")]
    [InlineData("generate --total_generations 5 --mode 1", "--mode '1' is unknown")]
    [InlineData("generate --total_generations 5 --moderation maybe", "give endpoint or off")]
    [InlineData("generate --total_generations 5 --endpoint localhost:8000", "--endpoint is not an absolute http or https URL")]
    [InlineData("generate --total_generations 5 --endpoint ftp://host/v1", "--endpoint is not an absolute http or https URL")]
    [InlineData("generate --total_generations 5 --endpoint https://me:sk-secret@host/v1", "--endpoint holds a user name or password")]
    [InlineData("generate --total_generations 5 --endpoint https://host/v1?key=sk-secret", "--endpoint has a part after ?")]
    [InlineData("generate --total_generations 5 --output_file a.json --hash_file ./a.json", "--output_file and --hash_file are the same file")]
    [InlineData("generate --total_generations 5 --embedding_file manifest.json", "--embedding_file and the manifest are the same file")]
    [InlineData("generate --total_generations 5 --output_file out/", "--output_file 'out/' names a folder")]
    [InlineData("generate --total_generations 5 --dataset_name a --dataset_path b", "both given")]
    [InlineData("extract", "--index is missing")]
    [InlineData("extract --index one", "--index 'one' is not a whole number")]
    [InlineData("extract --index 1 --seed 4", "unknown option --seed of extract")]
    [InlineData("data", "what to fetch is missing: give data fetch multiwoz")]
    [InlineData("data fetch", "what to fetch is missing")]
    [InlineData("models download all-MiniLM-L6-v2", "what to fetch is missing: give models fetch all-MiniLM-L6-v2")]
    [InlineData("data fetch multiwos", "data fetch knows no 'multiwos': give multiwoz or sgd or personas")]
    [InlineData("models fetch multiwoz", "models fetch knows no 'multiwoz': give all-MiniLM-L6-v2")]
    [InlineData("data fetch sgd --rows 5", "--rows is for personas alone")]
    [InlineData("data fetch personas --rows 0", "--rows 0 is too low")]
    [InlineData("data fetch sgd personas --from http://localhost:1", "name only one with them")]
    [InlineData("data fetch sgd --from localhost:1", "--from is not an absolute http or https URL")]
    [InlineData("data fetch sgd --from http://me:secret@localhost:1", "--from holds a user name")]
    [InlineData("data fetch sgd --sha256 abc", "--sha256 is no SHA-256: give 64 hexadecimal digits")]
    public async Task Run_BadInput_SaysSoInOneLineAndReturns2(string line, string expected)
    {
        var (code, output, error) = await Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith("error: ", error);
        Assert.Contains(expected, error);
        Assert.Equal(1, error.Count(character => character == '\n'));
        Assert.DoesNotContain("secret", error);
    }

    [Fact]
    public async Task Run_BlankValue_NeedsAValue()
    {
        var (code, _, error) = await Run(["generate", "--total_generations", "5", "--output_file", " "]);

        Assert.Equal(2, code);
        Assert.Contains("--output_file needs a value", error);
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = await CommandRun.RunAsync(
            args, output, error, (_, _) => throw new InvalidOperationException("bad input reached the run"), CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
