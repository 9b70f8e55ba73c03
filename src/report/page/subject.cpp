#include "subject.hpp"

#include <memory>
#include <set>

#include "attest/soft/judge.hpp"
#include "json_view.hpp"

namespace attest::report {

namespace {

using Map = std::vector<std::pair<std::string, std::string>>;

Map map_of(const base::Json& claim) {
    Map map;
    for (const auto& [symbol, meaning] : members(find(claim, "map"))) map.emplace_back(symbol, text_of(&meaning));
    return map;
}

/// The alphabet of languages that exist over any: the map's values in order of code points, else the network's.
language::Alphabet alphabet_of(const language::Alphabet& alphabet, const Map& map) {
    if (map.empty()) return alphabet;
    std::set<std::string> values;
    for (const auto& pair : map) values.insert(pair.second);
    return language::Alphabet(std::vector<std::string>(values.begin(), values.end()));
}

/// An automaton file lies in the certificate's directory.
std::string language_name(const Certificate& certificate, const base::Json& claim) {
    const std::string name = text_at(claim, "language");
    return name.starts_with("dfa:") ? "dfa:" + certificate.path + "/" + name.substr(4) : name;
}

const language::Alphabet& symbols_of(const Network& network) {
    return std::visit([](const auto& n) -> const language::Alphabet& { return n.alphabet; }, network);
}

Network read_network(const std::string& path) {
    auto file = formats::read_model_or_guhat(path);
    if (auto* tables = std::get_if<formats::GuhatFile>(&file)) return std::move(tables->guhat);
    return std::move(std::get<formats::ModelFile>(file).transformer);
}

}  // namespace

const language::Alphabet& Subject::alphabet() const { return symbols_of(network); }

bool Subject::has_begin() const {
    const auto* transformer = std::get_if<network::Transformer>(&network);
    return transformer != nullptr && transformer->begin.has_value();
}

bool Subject::contains(const language::Word& word) const {
    language::Word meant;
    for (const language::Symbol s : word) meant.push_back(meaning[s]);
    return language.contains(meant);
}

std::function<std::optional<bool>(const language::Word&)> Subject::acceptor() const {
    const auto* transformer = std::get_if<network::Transformer>(&network);
    if (transformer != nullptr && transformer->kind() == network::AttentionKind::softmax)
        return [judge = std::make_shared<soft::Judge>(*transformer, length)](const language::Word& word) {
            return judge->judge(word, {}).accepts;
        };
    if (transformer != nullptr)
        return [evaluator = std::make_shared<network::Evaluator>(*transformer, length)](const language::Word& word) {
            return evaluator->evaluate(word).accepts;
        };
    return [evaluator = std::make_shared<network::GuhatEvaluator>(std::get<network::Guhat>(network))](
               const language::Word& word) { return evaluator->accepts(word); };
}

std::optional<Subject> subject_of(const Certificate& certificate) {
    const base::Json* claim = find(certificate.manifest, "claim");
    if (claim == nullptr || text_at(*claim, "kind") != "recognises") return {};
    const auto length = whole_of(find(*claim, "length"));
    // What a network does without some parts is not what the file says: it is not drawn.
    if (!length || find(*claim, "without") != nullptr) return {};
    Network network = read_network(certificate.path + "/model.json");
    const Map map = map_of(*claim);
    language::Language language =
        language::Language::parse(language_name(certificate, *claim), alphabet_of(symbols_of(network), map));
    std::vector<language::Symbol> meaning = relate(symbols_of(network), language.alphabet(), map);
    return Subject{std::move(network), std::move(language), std::move(meaning), *length};
}

}  // namespace attest::report
