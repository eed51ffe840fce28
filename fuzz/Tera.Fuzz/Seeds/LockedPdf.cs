using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tera.Fuzz.Seeds;

/// <summary>A small file enciphered with RC4 of 40 bits and no user password (ISO 32000-1 7.6.3, revision 2), written by hand.</summary>
internal static class LockedPdf
{
    private const int Permissions = -4;

    private static readonly byte[] Padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");

    public static byte[] Make()
    {
        byte[] owner = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var id = "0123456789ABCDEF"u8.ToArray();
        var key = MD5.HashData([.. Padding, .. owner, .. BitConverter.GetBytes(Permissions), .. id])[..5];
        var title = Convert.ToHexString(Rc4(MD5.HashData([.. key, 5, 0, 0, 0, 0])[..10], "Naskah uji"u8.ToArray()));
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>", "<</Type/Page/Parent 2 0 R>>",
            $"<</Filter/Standard/V 1/R 2/Length 40/P {Permissions}/O<{Convert.ToHexString(owner)}>/U<{Convert.ToHexString(Rc4(key, Padding))}>>>", $"<</Title<{title}>>>",
        ];
        var text = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var xref = text.Length;
        text.Append("xref\n0 6\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            text.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        var name = Convert.ToHexString(id);
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size 6/Root 1 0 R/Encrypt 4 0 R/Info 5 0 R/ID[<{name}><{name}>]>>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        var state = Enumerable.Range(0, 256).ToArray();
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }
        var output = new byte[data.Length];
        for (int n = 0, i = 0, j = 0; n < data.Length; n++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            output[n] = (byte)(data[n] ^ state[(state[i] + state[j]) & 255]);
        }
        return output;
    }
}
