namespace DialogueMesh.Scenario.Ontology;

/// <summary>services/&lt;service&gt;/entities.yaml: a list of entities, each with its slots and optionally its region.</summary>
internal static class EntityReader
{
    public static IReadOnlyList<WrittenEntity> Read(string path, ServiceSchema schema)
    {
        var file = YamlFile.Load(path);
        var entity = schema.Entity ?? throw file.Fault(file.Root, $"the schema of '{schema.Name}' declares no entity");
        var entities = new List<WrittenEntity>();
        foreach (var node in file.Sequence(file.Required(file.Root, "entities")))
        {
            var values = file.Entries(node).ToDictionary(entry => entry.Key, entry => file.Text(entry.Value), StringComparer.Ordinal);
            values.Remove("region", out var region);
            var unknown = values.Keys.FirstOrDefault(slot => !entity.Slots.Contains(slot));
            entities.Add(unknown is null && values.ContainsKey(entity.Key)
                ? new WrittenEntity(region, values)
                : throw file.Fault(node, unknown is null ? $"'{entity.Key}' is missing" : $"'{unknown}' is not a slot of the entity"));
        }

        return entities.Count > 0 ? entities : throw file.Fault(file.Root, "the list of entities is empty");
    }
}
