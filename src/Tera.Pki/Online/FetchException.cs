namespace Tera.Pki.Online;

/// <summary>Carries a refusal out of an exchange to where it becomes a <see cref="FetchProblem"/>.</summary>
internal sealed class FetchException(FetchRefusal refusal, string message, Exception? innerException = null) : Exception(message, innerException)
{
    internal FetchRefusal Refusal { get; } = refusal;
}
