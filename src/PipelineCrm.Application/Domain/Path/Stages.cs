namespace PipelineCrm.Domain;

public static class Stages
{
    public static readonly IReadOnlyList<Stage> All = [Stage.Awareness, Stage.Consideration, Stage.Decision, Stage.Purchase,
        Stage.PostPurchase];

    public static readonly IReadOnlyList<Place> AllPlaces =
        [Place.Awareness, Place.Consideration, Place.Decision, Place.Purchase, Place.PostPurchase, Place.Completed, Place.Lost];

    public static Place ToPlace(this Stage stage) => (Place)(int)stage;

    /// <summary>The stage of a place, or null for Lost and Completed.</summary>
    public static Stage? AsStage(this Place place) => place is Place.Lost or Place.Completed ? null : (Stage)(int)place;
}
