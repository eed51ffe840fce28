namespace Tera.EndToEnd.House;

/// <summary>The checkout the tests run in, found from the built test upwards.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tera.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Tera.slnx was not found above the test's folder.");
    }
}
