namespace Tera.Sop.Cases;

/// <summary>In what capacity a person acts (UU 30/2014 ps. 14).</summary>
public enum ActingKind
{
    /// <summary>Holds the position.</summary>
    Definitif,

    /// <summary>Stands in while the holder is away.</summary>
    Plh,

    /// <summary>Stands in while the position is vacant.</summary>
    Plt,
}

/// <summary>
/// A person who wants to do something, as the office resolved him: it has found out which lanes of this case he may act for
/// (the <c>calon</c> predicates) and whether he administers cases. <see cref="CaseMachine"/> only compares.
/// </summary>
/// <param name="Person">Who.</param>
/// <param name="Position">The position in whose capacity he acts; for an acting official the one he stands in for.</param>
/// <param name="Kind">As holder, Plh or Plt.</param>
/// <param name="Lanes">Ids of the lanes he may act for in this case.</param>
/// <param name="IsAdministrator">May reassign tasks and cancel cases.</param>
public sealed record Actor(PersonId Person, PositionId Position, ActingKind Kind, IReadOnlyCollection<string> Lanes, bool IsAdministrator = false)
{
    /// <summary>What of him an event keeps.</summary>
    public ActedBy Signature => new(Person, Position, Kind);
}

/// <summary>Who did it and as what, frozen on the event.</summary>
/// <param name="Person">Who.</param>
/// <param name="Position">In the capacity of which position.</param>
/// <param name="Kind">As holder, Plh or Plt.</param>
public sealed record ActedBy(PersonId Person, PositionId Position, ActingKind Kind);
