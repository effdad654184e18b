using System.Net;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>Takes in whole answers of a bounded size, and of those that say 200 only JSON.</summary>
internal sealed class AnswerGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The longest answer that models give, 128,000 tokens, is half of it.</summary>
    public const int MostBytes = 1 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            var type = response.Content.Headers.ContentType?.MediaType;
            if (response.StatusCode == HttpStatusCode.OK && type is not null && !type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
            {
                throw new UnusableAnswerException($"the answer is {type}, not JSON");
            }

            await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
            return response;
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            response.Dispose();
            throw new UnusableAnswerException("the answer is larger than 1 MiB");
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}

/// <summary>The message says in part of a line what is wrong with an answer.</summary>
internal sealed class UnusableAnswerException(string message) : HttpRequestException(HttpRequestError.InvalidResponse, message);
