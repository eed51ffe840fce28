using Tera.Pki.Certificates;
using Tera.Pki.Paths;
using Tera.Pki.Revocation.Crl;

namespace Tera.Pki.Tests.Paths;

/// <summary>NIST's path cases, when they lie beside the checkout.</summary>
public sealed class PkitsTests(ITestOutputHelper output)
{
    [Fact]
    public void The_cases_of_Nist_come_out_as_Nist_expects()
    {
        Assert.SkipWhen(PathCase.File is null, "The PKITS cases are not beside the checkout.");
        var wrong = new List<string>();
        var total = 0;
        foreach (var item in PathCase.ReadAll(PathCase.File!))
        {
            total++;
            var result = Judge(item);
            if (result.IsValid != item.Expected)
            {
                wrong.Add($"{item.Id}: expected {item.Expected}, got {result.Reason} ({result.Detail})");
            }
        }
        output.WriteLine($"{total - wrong.Count} of {total}");
        Assert.True(wrong.Count == 0, $"{total - wrong.Count} of {total}\n" + string.Join('\n', wrong));
    }

    private static PathResult Judge(PathCase item)
    {
        if (!Certificate.TryDecode(item.Leaf, out var leaf, out var error))
        {
            return new PathResult { Reason = PathReason.ExtensionMalformed, Detail = error };
        }
        return PathValidator.Validate(new PathRequest
        {
            Leaf = leaf,
            Intermediates = Decode(item.Intermediates),
            Anchors = Decode(item.Roots),
            At = item.At,
            Policies = item.Policies,
            ExplicitPolicy = item.ExplicitPolicy,
            InhibitMapping = item.InhibitMapping,
            InhibitAnyPolicy = item.InhibitAny,
            Revocation = item.CheckRevocation ? new RevocationEvidence { Crls = DecodeCrls(item.Crls) } : null,
        });
    }

    private static List<CertificateRevocationList> DecodeCrls(byte[][] encoded)
    {
        var lists = new List<CertificateRevocationList>();
        foreach (var item in encoded)
        {
            if (CertificateRevocationList.TryDecode(item, out var list, out _))
            {
                lists.Add(list);
            }
        }
        return lists;
    }

    private static List<Certificate> Decode(byte[][] encoded)
    {
        var certificates = new List<Certificate>();
        foreach (var item in encoded)
        {
            if (Certificate.TryDecode(item, out var certificate, out _))
            {
                certificates.Add(certificate);
            }
        }
        return certificates;
    }
}
