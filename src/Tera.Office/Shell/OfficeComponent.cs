using Microsoft.AspNetCore.Components;

namespace Tera.Office.Shell;

/// <summary>What every component of the office knows: the visit it is drawn for.</summary>
public abstract class OfficeComponent : ComponentBase
{
    [Inject]
    public required Visit Visit { get; set; }

    protected string T(string indonesian, string english) => Visit.T(indonesian, english);
}
