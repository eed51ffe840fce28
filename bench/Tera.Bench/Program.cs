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
    case ["verify", .. var words]:
        VerifyTable.Run(Options.Read(words));
        return 0;
    case ["next", .. var words]:
        NextTable.Run(Options.Read(words));
        return 0;
    case ["many", .. var words]:
        ManyTable.Run(Options.Read(words));
        return 0;
    case ["large", .. var words]:
        LargeTable.Run(Options.Read(words));
        return 0;
    case ["once", var what, var file]:
        LargeTable.Once(what, file);
        return 0;
    case ["engine", ("sign" or "verify") and var op, ("rsa" or "ec") and var kind, var seconds, .. var files]:
        Engine.Run(op, kind, double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), files);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
