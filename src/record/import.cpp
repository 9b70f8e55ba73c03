#include "record/import.hpp"

#include "fields.hpp"

namespace attest::record {

Import imported(const formats::import::Imported& found, const std::string& file, const std::string& tensors) {
    Import record;
    record.family = found.family;
    record.container = found.container;
    record.model = {file,
                    found.tensors.empty() ? std::nullopt : std::optional(tensors),
                    found.version,
                    found.layers,
                    found.heads,
                    found.dimension,
                    found.vocabulary,
                    found.positions == 0 ? std::nullopt : std::optional(found.positions),
                    found.parameters,
                    found.classes};
    for (const auto& a : found.assumed) record.assumed.push_back({a.key, a.value, a.because});
    record.dropped = found.dropped;
    record.ignored = found.ignored;
    record.source = {found.file, found.sha256};
    return record;
}

Listing listing(const formats::import::Listing& found) {
    Listing record{found.container, found.families, {}, {}, {}, found.hyperparameters, found.ignored};
    for (const auto& tensor : found.tensors)
        record.tensors.push_back({tensor.name, tensor.type, tensor.shape, tensor.roles});
    if (const auto& n = found.network)
        record.network = {n->layers,
                          n->dimension,
                          n->vocabulary,
                          n->classes,
                          n->positions == 0 ? std::nullopt : std::optional(n->positions),
                          n->heads,
                          n->feed_forward};
    for (const auto& s : found.settings) record.settings.push_back({s.key, s.value, s.because});
    return record;
}

template nlohmann::ordered_json write(const Import&);
template std::optional<Import> read(const base::Json&);
template nlohmann::ordered_json write(const Listing&);
template std::optional<Listing> read(const base::Json&);

}  // namespace attest::record
