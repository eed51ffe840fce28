using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Tera.EndToEnd.Product;

/// <summary>What the database of a stopped product says, beside what its interface said.</summary>
internal static partial class OfficeFile
{
    private const int Final = 1;

    /// <summary>Every register runs from 1 to its last number without a gap, cancelled numbers included, and each letter bears one final number of it.</summary>
    public static void AssertRegisterHasNoGap(string dataFolder, IReadOnlyList<JsonElement> cases)
    {
        var lines = Read(dataFolder, "SELECT AgencyId || Kind || Year || UnitId, Seq, State, CaseId, Text FROM letter_numbers ORDER BY 1, 2");
        var registers = lines.GroupBy(line => (string)line[0]).ToList();
        var lasts = Read(dataFolder, "SELECT agency_id || kind || year || unit_id, last FROM letter_number_series");
        Assert.Equal(lasts.Count, registers.Count);
        foreach (var register in registers)
        {
            Assert.Equal(Enumerable.Range(1, register.Count()), register.Select(line => Convert.ToInt32(line[1], CultureInfo.InvariantCulture)));
            Assert.Equal(register.Count(), Convert.ToInt32(lasts.Single(last => (string)last[0] == register.Key)[1], CultureInfo.InvariantCulture));
        }

        var final = lines.Where(line => Convert.ToInt32(line[2], CultureInfo.InvariantCulture) == Final)
            .ToDictionary(line => Guid.Parse((string)line[3]), line => (string)line[4]);
        Assert.Equal(cases.Count, final.Count);
        Assert.Equal(cases.Count, final.Values.Distinct().Count());
        Assert.All(cases, c => Assert.Equal(c.GetProperty("documents")[0].GetProperty("number").GetString(), final[c.GetProperty("case").GetGuid()]));
    }

    /// <summary>
    /// One mail per letter and addressee. A second copy is allowed only where the mail log itself says that the answer to an attempt was lost
    /// (docs/decisions/0004-mail-and-kills.md), and then under the same Message-ID.
    /// </summary>
    public static void AssertEveryMailWentOnce(string dataFolder, IReadOnlyList<JsonElement> cases, ITestOutputHelper output)
    {
        var mails = Directory.GetFiles(Path.Combine(dataFolder, "mail", "new")).Select(File.ReadAllText).GroupBy(m => MessageId().Match(m).Groups["id"].Value).ToList();
        var log = Read(dataFolder, "SELECT MessageId, \"To\", State, Attempts, Problem FROM mails").ToDictionary(line => ((string)line[0]).Trim('<', '>'));
        Assert.Equal(log.Keys.Order(), mails.Select(m => m.Key).Order());
        Assert.Equal(cases.Count(c => c.GetProperty("sop").GetString()!.StartsWith("lamandau/", StringComparison.Ordinal)), log.Values.Count(line => (string)line[1] == "bappeda@nusacendana.example"));
        foreach (var mail in mails)
        {
            object[] line = log[mail.Key];
            Assert.Equal("sent", line[2]);
            if (mail.Count() > 1)
            {
                output.WriteLine($"{mail.Key}: {mail.Count()} copies, and the mail log says so: {line[4]}");
                Assert.Contains("Message-ID", line[4] as string ?? "", StringComparison.Ordinal);
                Assert.InRange(mail.Count(), 2, Convert.ToInt32(line[3], CultureInfo.InvariantCulture));
            }
        }
    }

    private static List<object[]> Read(string dataFolder, string sql)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "office", "office.db"), Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var lines = new List<object[]>();
        while (reader.Read())
        {
            object[] line = new object[reader.FieldCount];
            reader.GetValues(line);
            lines.Add(line);
        }

        return lines;
    }

    [GeneratedRegex(@"(?im)^Message-ID:\s*<?(?<id>[^>\s]+)")]
    private static partial Regex MessageId();
}
