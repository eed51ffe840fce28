using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Tera.Pki.Keys.Edwards;

/// <summary>
/// Verification of Ed25519 and Ed448 (RFC 8032), which the platform does not offer. Only public values pass through here,
/// so that nothing has to run in constant time.
/// </summary>
internal sealed class EdwardsCurve
{
    private readonly BigInteger _p;
    private readonly BigInteger _a;
    private readonly BigInteger _d;
    private readonly BigInteger _order;
    private readonly int _length;
    private readonly Func<byte[], byte[]> _hash;
    private readonly Point _base;

    private EdwardsCurve(BigInteger p, BigInteger a, BigInteger d, BigInteger order, int length, Func<byte[], byte[]> hash, BigInteger baseX, BigInteger baseY)
    {
        _p = p;
        _a = a;
        _d = d;
        _order = order;
        _length = length;
        _hash = hash;
        _base = new Point(baseX, baseY, BigInteger.One);
    }

    /// <summary>RFC 8032 5.1.</summary>
    internal static EdwardsCurve Ed25519 { get; } = MakeEd25519();

    /// <summary>RFC 8032 5.2, with the empty context.</summary>
    internal static EdwardsCurve Ed448 { get; } = MakeEd448();

    /// <summary>Whether the signature holds over the message (RFC 8032 5.1.7, 5.2.7, without the cofactor).</summary>
    internal bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != _length || signature.Length != 2 * _length)
            return false;
        var s = new BigInteger(signature[_length..], isUnsigned: true);
        if (s >= _order || Decode(publicKey) is not { } key || Decode(signature[.._length]) is not { } r)
            return false;
        var input = new byte[2 * _length + message.Length];
        signature[.._length].CopyTo(input);
        publicKey.CopyTo(input.AsSpan(_length));
        message.CopyTo(input.AsSpan(2 * _length));
        var k = new BigInteger(_hash(input), isUnsigned: true) % _order;
        var left = Multiply(_base, s);
        var right = Add(r, Multiply(key, k));
        return Mod(left.X * right.Z - right.X * left.Z).IsZero && Mod(left.Y * right.Z - right.Y * left.Z).IsZero;
    }

    private static EdwardsCurve MakeEd25519()
    {
        var p = BigInteger.Pow(2, 255) - 19;
        var d = Positive(-121665 * BigInteger.ModPow(121666, p - 2, p), p);
        var order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);
        return new EdwardsCurve(
            p, p - 1, d, order, 32, SHA512.HashData,
            BigInteger.Parse("15112221349535400772501151409588531511454012693041857206046113283949847762202", CultureInfo.InvariantCulture),
            BigInteger.Parse("46316835694926478169428394003475163141307993866256225615783033603165251855960", CultureInfo.InvariantCulture));
    }

    private static EdwardsCurve MakeEd448()
    {
        var p = BigInteger.Pow(2, 448) - BigInteger.Pow(2, 224) - 1;
        var order = BigInteger.Pow(2, 446) - BigInteger.Parse("13818066809895115352007386748515426880336692474882178609894547503885", CultureInfo.InvariantCulture);
        return new EdwardsCurve(
            p, BigInteger.One, p - 39081, order, 57, HashEd448,
            BigInteger.Parse("224580040295924300187604334099896036246789641632564134246125461686950415467406032909029192869357953282578032075146446173674602635247710", CultureInfo.InvariantCulture),
            BigInteger.Parse("298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660", CultureInfo.InvariantCulture));
    }

    // dom4(0, "") of RFC 8032 2 stands before everything that Ed448 hashes.
    private static byte[] HashEd448(byte[] input) => Shake256.HashData([.. "SigEd448"u8, 0, 0, .. input], 114);

    private Point? Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = encoded.ToArray();
        var sign = bytes[^1] >> 7;
        bytes[^1] &= 0x7f;
        var y = new BigInteger(bytes, isUnsigned: true);
        if (y >= _p)
            return null;
        var ySquare = Mod(y * y);
        var square = Mod((ySquare - 1) * BigInteger.ModPow(Mod(_d * ySquare - _a), _p - 2, _p));
        if (SquareRoot(square) is not { } x || (x.IsZero && sign == 1))
            return null;
        return new Point((int)(x % 2) == sign ? x : Mod(-x), y, BigInteger.One);
    }

    private BigInteger? SquareRoot(BigInteger square)
    {
        BigInteger root;
        if ((int)(_p % 4) == 3)
        {
            root = BigInteger.ModPow(square, (_p + 1) / 4, _p);
        }
        else
        {
            root = BigInteger.ModPow(square, (_p + 3) / 8, _p);
            if (Mod(root * root) != square)
                root = Mod(root * BigInteger.ModPow(2, (_p - 1) / 4, _p));
        }
        return Mod(root * root) == square ? root : null;
    }

    private Point Multiply(Point point, BigInteger scalar)
    {
        var result = new Point(BigInteger.Zero, BigInteger.One, BigInteger.One);
        for (var bit = (int)scalar.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = Add(result, result);
            if (!((scalar >> bit) & 1).IsZero)
                result = Add(result, point);
        }
        return result;
    }

    // The complete addition law of twisted Edwards curves in projective coordinates.
    private Point Add(Point left, Point right)
    {
        var a = Mod(left.Z * right.Z);
        var b = Mod(a * a);
        var c = Mod(left.X * right.X);
        var d = Mod(left.Y * right.Y);
        var e = Mod(_d * c * d);
        var f = Mod(b - e);
        var g = Mod(b + e);
        var x = Mod(a * f * ((left.X + left.Y) * (right.X + right.Y) - c - d));
        var y = Mod(a * g * (d - _a * c));
        return new Point(x, y, Mod(f * g));
    }

    private BigInteger Mod(BigInteger value) => Positive(value, _p);

    private static BigInteger Positive(BigInteger value, BigInteger p)
    {
        var rest = value % p;
        return rest.Sign < 0 ? rest + p : rest;
    }

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z);
}
