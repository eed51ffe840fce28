using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>permitted_subtrees and excluded_subtrees of RFC 5280 6.1, gathered from the anchor downwards.</summary>
internal sealed class NameConstraintState(int comparisons)
{
    /// <summary>Each CA's permitted subtrees: a name must lie in one of each that has its form.</summary>
    private readonly List<IReadOnlyList<GeneralName>> _permitted = [];
    private readonly List<GeneralName> _excluded = [];
    private int _comparisonsLeft = comparisons;

    /// <summary>Takes the constraints of a CA (6.1.4 (g)).</summary>
    internal PathProblem? Add(Certificate authority)
    {
        if (authority.Find(Oids.NameConstraints) is not { } extension)
        {
            return null;
        }
        var outer = new AsnReader(extension.Value, AsnEncodingRules.DER);
        var constraints = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (!constraints.HasData)
        {
            return new PathProblem(PathReason.ExtensionMalformed, $"nameConstraints of {authority} is empty", authority);
        }
        if (constraints.IsContext(0))
        {
            _permitted.Add(ReadSubtrees(constraints.ReadSequence(Der.Context(0, constructed: true))));
        }
        if (constraints.IsContext(1))
        {
            _excluded.AddRange(ReadSubtrees(constraints.ReadSequence(Der.Context(1, constructed: true))));
        }
        constraints.ThrowIfNotEmpty();
        return null;
    }

    /// <summary>Checks the names of a certificate (6.1.3 (b), (c)).</summary>
    internal PathProblem? Check(Certificate certificate)
    {
        if (_permitted.Count == 0 && _excluded.Count == 0)
        {
            return null;
        }
        foreach (var name in NamesOf(certificate))
        {
            if (!NameMatching.CanCompare(name) && (_excluded.Exists(e => e.Form == name.Form) || _permitted.Exists(p => p.Any(s => s.Form == name.Form))))
            {
                return Violated(certificate, name, "cannot be compared with the constraints");
            }
            if (_excluded.Any(e => e.Form == name.Form && IsWithin(name, e)))
            {
                return Violated(certificate, name, "is excluded");
            }
            foreach (var permitted in _permitted)
            {
                var ofForm = permitted.Where(p => p.Form == name.Form).ToList();
                if (ofForm.Count > 0 && !ofForm.Exists(p => IsWithin(name, p)))
                {
                    return Violated(certificate, name, "is not permitted");
                }
            }
            if (_comparisonsLeft < 0)
            {
                return new PathProblem(PathReason.TooComplex, "the names and constraints of the path are more than the limit", certificate);
            }
        }
        return null;
    }

    private static PathProblem Violated(Certificate certificate, GeneralName name, string how) =>
        new(PathReason.NameConstraintViolated, $"a name of the form {name.Form} in {certificate} {how}", certificate);

    private static List<GeneralName> ReadSubtrees(AsnReader sequence)
    {
        var subtrees = new List<GeneralName>();
        while (sequence.HasData)
        {
            var subtree = sequence.ReadSequence();
            subtrees.Add(GeneralName.Read(subtree));
            // RFC 5280 4.2.1.10: minimum is always 0 and maximum absent; both being defaults, nothing follows.
            if (subtree.HasData)
            {
                throw new AsnContentException("a subtree has a minimum or a maximum");
            }
        }
        return subtrees.Count > 0 ? subtrees : throw new AsnContentException("a list of subtrees is empty");
    }

    private static IEnumerable<GeneralName> NamesOf(Certificate certificate)
    {
        var alternatives = certificate.Find(Oids.SubjectAltName) is { } extension
            ? GeneralName.ReadAll(new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence())
            : [];
        if (!certificate.Subject.IsEmpty)
        {
            yield return new GeneralName(GeneralNameForm.Directory, "", default, certificate.Subject);
        }
        // Legacy: an address in the subject counts when no alternative name has one (RFC 5280 4.2.1.10).
        if (!alternatives.Any(a => a.Form == GeneralNameForm.Email))
        {
            foreach (var address in certificate.Subject.Values(Oids.EmailAddress))
            {
                yield return new GeneralName(GeneralNameForm.Email, address, default, null);
            }
        }
        foreach (var name in alternatives)
        {
            yield return name;
        }
    }

    private bool IsWithin(GeneralName name, GeneralName subtree)
    {
        _comparisonsLeft--;
        return NameMatching.IsWithin(name, subtree);
    }
}
