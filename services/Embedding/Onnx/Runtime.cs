using DialogueMesh.Contracts;
using Microsoft.ML.OnnxRuntime;

namespace DialogueMesh.Embedding.Onnx;

/// <summary>ONNX Runtime itself: whether it is there, and has what is asked of it.</summary>
internal static class Runtime
{
    private const string CudaProvider = "CUDAExecutionProvider";

    /// <exception cref="InputException">The native library, or CUDA where it is asked for, is missing; says what to do.</exception>
    public static SessionOptions CreateOptions(OnnxOptions options)
    {
        try
        {
            return Configure(options);
        }
        catch (Exception fault) when (MissingLibrary(fault) is { } missing)
        {
            throw new InputException($"a transformer as encoder needs ONNX Runtime; --encoder builtin does not. {missing.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    private static SessionOptions Configure(OnnxOptions options)
    {
        var settings = new SessionOptions { IntraOpNumThreads = options.Threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (options.Provider == OnnxProvider.Cuda)
        {
            AppendCuda(settings, options.Device);
        }

        return settings;
    }

    private static void AppendCuda(SessionOptions settings, int device)
    {
        var providers = OrtEnv.Instance().GetAvailableProviders();
        try
        {
            if (!providers.Contains(CudaProvider))
            {
                throw new InputException(
                    $"CUDA is asked for, but this ONNX Runtime has only {string.Join(", ", providers)}: use a build with CUDA (the one of the package Microsoft.ML.OnnxRuntime.Gpu), or leave the provider at cpu");
            }

            settings.AppendExecutionProvider_CUDA(device);
        }
        catch (Exception fault) when (fault is OnnxRuntimeException or InputException)
        {
            settings.Dispose();
            throw fault as InputException ?? new InputException(
                $"CUDA is asked for, but device {device} cannot be used: {fault.Message.ReplaceLineEndings(" ")}; install what is missing, or leave the provider at cpu", fault);
        }
    }

    // The real package's static constructor wraps it.
    private static Exception? MissingLibrary(Exception? fault) => fault switch
    {
        DllNotFoundException or BadImageFormatException or EntryPointNotFoundException => fault,
        TypeInitializationException => MissingLibrary(fault.InnerException),
        _ => null,
    };
}
