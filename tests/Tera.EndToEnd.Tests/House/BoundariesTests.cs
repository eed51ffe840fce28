using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tera.EndToEnd.House;

/// <summary>The floors of docs/architecture.md, read from the project files.</summary>
public sealed partial class BoundariesTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Tera.Pki"] = [],
        ["Tera.Pades"] = ["Tera.Pki"],
        ["Tera.Sop"] = [],
        ["Tera.Authority"] = ["Tera.Pki"],
        ["Tera.Office"] = ["Tera.Pades", "Tera.Pki", "Tera.Sop"],
        ["Tera"] = ["Tera.Pki", "Tera.Pades", "Tera.Sop", "Tera.Authority", "Tera.Office"],
    };

    private static readonly Dictionary<string, string[]> MayUsePackages = new()
    {
        ["Tera.Pki"] = ["System.Security.Cryptography.Pkcs"],
        ["Tera.Pades"] = [],
        ["Tera.Sop"] = ["YamlDotNet"],
    };

    public static TheoryData<string> Projects => [.. MayKnow.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_the_floors_below_it(string project)
    {
        XDocument file = ProjectFile(project);
        IEnumerable<string> known = file.Descendants("ProjectReference").Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value));
        Assert.Empty(known.Except(MayKnow[project]));
    }

    [Theory]
    [InlineData("Tera.Pki")]
    [InlineData("Tera.Pades")]
    [InlineData("Tera.Sop")]
    public void A_foundation_library_needs_no_web_no_database_and_no_other_package(string project)
    {
        XDocument file = ProjectFile(project);
        Assert.Empty(file.Descendants("FrameworkReference"));
        Assert.Empty(file.Descendants("PackageReference").Select(e => e.Attribute("Include")!.Value).Except(MayUsePackages[project]));
    }

    [Fact]
    public void Every_project_below_src_is_on_a_floor() =>
        Assert.Equal(MayKnow.Keys.Order(), Directory.GetDirectories(Repository.PathOf("src")).Select(d => Path.GetFileName(d)!).Order());

    [Fact]
    public void The_interpreter_does_not_know_the_words_of_the_other_floors()
    {
        // Code, not comments or texts: a type or member of Tera.Sop named after a document format or a certificate is a leak.
        IEnumerable<string> leaks = Sources("Tera.Sop")
            .SelectMany(file => File.ReadLines(file).Where(line => LeakedWord().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.Empty(leaks);
    }

    [Fact]
    public void No_slice_of_the_office_names_the_inside_of_the_authority() =>
        Assert.DoesNotContain(Sources("Tera.Office"), file => File.ReadAllText(file).Contains("Tera.Authority", StringComparison.Ordinal));

    [Fact]
    public void No_folder_is_called_utils_or_helpers()
    {
        string[] forbidden = ["Utils", "Util", "Helpers", "Helper", "Common", "Misc", "Shared"];
        IEnumerable<string> found = Directory.EnumerateDirectories(Repository.PathOf("src"), "*", SearchOption.AllDirectories)
            .Where(d => !d.Contains($"{Path.DirectorySeparatorChar}obj", StringComparison.Ordinal) && !d.Contains($"{Path.DirectorySeparatorChar}bin", StringComparison.Ordinal))
            .Where(d => forbidden.Contains(Path.GetFileName(d), StringComparer.OrdinalIgnoreCase));
        Assert.Empty(found);
    }

    private static XDocument ProjectFile(string project) => XDocument.Load(Repository.PathOf("src", project, project + ".csproj"));

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(class|struct|record|interface|enum|namespace)\s+\w*(Pdf|Pades|Certificate|X509)\w*")]
    private static partial Regex LeakedWord();
}
