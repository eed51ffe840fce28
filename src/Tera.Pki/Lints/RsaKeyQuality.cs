using System.Formats.Asn1;
using System.Numerics;
using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>An RSA key has an odd exponent from 65537, no small factor, and primes that are not close to each other.</summary>
public sealed class RsaKeyQuality : CertificateLint
{
    private const int FermatRounds = 100;

    private static readonly BigInteger SmallPrimes = Product(752);

    /// <inheritdoc/>
    public override string Id => "tera.rsa-key-quality";

    /// <inheritdoc/>
    public override string Citation => "NIST SP 800-89 5.3.3; zlint e_rsa_public_exponent_too_small, e_rsa_fermat_factorization";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2026, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        var info = new AsnReader(subject.Certificate.SubjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        if (info.ReadSequence().ReadObjectIdentifier() != Oids.RsaEncryption)
        {
            return null;
        }
        var key = new AsnReader(subject.Certificate.SubjectPublicKey, AsnEncodingRules.DER).ReadSequence();
        var modulus = key.ReadInteger();
        var exponent = key.ReadInteger();
        if (exponent < 65537 || exponent.IsEven || exponent.GetBitLength() > 256)
        {
            return "the public exponent is even, below 65537 or above 256 bits";
        }
        if (modulus.IsEven || !BigInteger.GreatestCommonDivisor(modulus, SmallPrimes).IsOne)
        {
            return "the modulus has a small factor";
        }
        return HasClosePrimes(modulus) ? "the primes are so close that the modulus can be factored" : null;
    }

    /// <summary>Fermat's method: with p and q close, a small step from the root of n finds a square.</summary>
    private static bool HasClosePrimes(BigInteger modulus)
    {
        var root = SquareRoot(modulus);
        for (var step = 1; step <= FermatRounds; step++)
        {
            var middle = root + step;
            var square = (middle * middle) - modulus;
            if (square.Sign >= 0 && SquareRoot(square) is var difference && difference * difference == square)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Newton's method on integers: the greatest root whose square is not above the value.</summary>
    private static BigInteger SquareRoot(BigInteger value)
    {
        if (value.IsZero)
        {
            return value;
        }
        var guess = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            var better = (guess + (value / guess)) >> 1;
            if (better >= guess)
            {
                return guess;
            }
            guess = better;
        }
    }

    /// <summary>The product of the odd primes below a limit, as SP 800-89 asks for (below 752).</summary>
    private static BigInteger Product(int limit)
    {
        var product = BigInteger.One;
        for (var candidate = 3; candidate < limit; candidate += 2)
        {
            if (BigInteger.GreatestCommonDivisor(candidate, product).IsOne)
            {
                product *= candidate;
            }
        }
        return product;
    }
}
