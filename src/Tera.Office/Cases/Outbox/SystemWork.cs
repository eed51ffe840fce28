namespace Tera.Office.Cases.Outbox;

/// <summary>Work of the outbox that is no effect of an SOP but the slice's own.</summary>
internal static class SystemWork
{
    /// <summary>A step calls another SOP (<c>panggil</c>).</summary>
    public const string Call = "panggil";

    /// <summary>The called case has ended; its caller goes on.</summary>
    public const string Returned = "panggil.berakhir";
}
