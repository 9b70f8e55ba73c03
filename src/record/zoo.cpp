#include "record/zoo.hpp"

#include "fields.hpp"

namespace attest::record {

Zoo::Entry zoo_entry(const programs::ZooEntry& e) {
    return {e.name, network::to_string(e.kind), e.language, e.lengths, e.source, e.summary, e.examples, {}, {}, {}};
}

Zoo::Program zoo_program(const programs::ZooProgram& p) {
    return {p.name, p.task, p.language, p.lengths, p.source, p.summary};
}

Zoo::Entry zoo_entry(const programs::ZooEntry& e, const std::string& name, const network::Transformer& t) {
    Zoo::Entry entry = zoo_entry(e);
    entry.name = name;
    entry.layers = t.layers.size();
    entry.dimension = t.dimension;
    entry.alphabet = t.alphabet.symbols();
    return entry;
}

template nlohmann::ordered_json write(const Zoo&);
template std::optional<Zoo> read(const base::Json&);

}  // namespace attest::record
