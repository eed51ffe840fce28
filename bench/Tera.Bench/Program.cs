using Tera.Bench;

const string Usage = """
    Tera.Bench sign|verify|next|many|large [--rounds N] [--window MS] [--folder DIR]
    Tera.Bench engine sign|verify rsa|ec SECONDS FILE...
    """;

switch (args)
{
    case ["sign", .. var words]:
        SignTable.Run(Options.Read(words));
        return 0;
    case ["engine", ("sign" or "verify") and var op, ("rsa" or "ec") and var kind, var seconds, .. var files]:
        Engine.Run(op, kind, double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), files);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
