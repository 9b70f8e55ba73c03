#include <bit>
#include <memory>

#include "checker/core/evidence_reader.hpp"
#include "checker/core/machine_claims.hpp"
#include "checker/core/manifest_fields.hpp"
#include "checker/core/regular_claims.hpp"

// FORMAT.md, sections 28 and 29: the keys and no others.

namespace attest::checker {
namespace {

constexpr std::int64_t most_length = 1'000'000, most_steps = 1'000'000;

bool is_all(const Cursor& at) {
    if (!at.is(Json::Kind::string)) return false;
    if (at.string() != "all") at.fail("\"all\" was expected");
    return true;
}

}  // namespace

void read_simulates(const Cursor& at, Claim& claim) {
    at.only({"kind", "machine", "inputs", "steps", "verdict"});
    claim.model = at.at("machine").string();
    const Cursor inputs = at.at("inputs"), steps = at.at("steps");
    auto& texts = claim.map.emplace();
    if (!is_all(inputs)) {
        inputs.only({"length"});
        texts["length"] = std::to_string(inputs.at("length").integer(0, most_length));
    }
    if (!is_all(steps)) texts["steps"] = std::to_string(steps.integer(0, most_steps));
    if (texts.contains("length") != texts.contains("steps"))
        at.fail("all words are claimed for all times, and words of a length for a number of steps");
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
}

SimulationClaim simulation_of(const Claim& claim) {
    const auto number = [&](const char* key) {
        const auto found = claim.map->find(key);
        return found == claim.map->end() ? std::nullopt : std::optional<std::size_t>(std::stoul(found->second));
    };
    return {number("length"), number("steps")};
}

Evidence read_simulation_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence;
    const Cursor kind = at.at("kind");
    const std::string expected = !claim.verified              ? "witness"
                                 : simulation_of(claim).steps ? "exhaustion"
                                                              : "construction";
    if (kind.string() != expected) kind.fail("evidence of the kind \"" + expected + "\" was expected");
    if (expected == "witness") {
        at.only({"kind", "word", "time"});
        evidence.kind = Evidence::Kind::witness;
        evidence.word = at.at("word").string();
        evidence.position = static_cast<std::size_t>(at.at("time").integer(0, most_steps));
    } else if (expected == "exhaustion") {
        at.only({"kind", "words"});
        evidence.kind = Evidence::Kind::exhaustion;
        evidence.words = read_natural(at.at("words"));
    } else {
        at.only({"kind"});
        evidence.kind = Evidence::Kind::network;
    }
    return evidence;
}

std::vector<std::string> files_of_simulation(const Manifest& manifest) {
    if (manifest.evidence.kind == Evidence::Kind::network) return {"machine.json", "network.json", "normal.json"};
    return {"machine.json", "network.json"};
}

std::size_t LoopsClaim::code_bits() const { return static_cast<std::size_t>(std::bit_width(columns() - 1)); }

void read_loops(const Cursor& at, Claim& claim) {
    constexpr std::int64_t most_columns = 65'536, most_bits = 62, most_temperature = 10'000;
    at.only({"kind", "shape", "temperature", "snap", "programs", "memories", "verdict"});
    const Cursor shape = at.at("shape");
    shape.only({"scratch", "memory", "commands", "bits"});
    const auto number = [&](const char* key, std::int64_t least, std::int64_t most) {
        return static_cast<std::size_t>(shape.at(key).integer(least, most));
    };
    LoopsClaim loops{number("scratch", 2, most_columns),
                     number("memory", 1, most_columns),
                     number("commands", 1, most_columns),
                     number("bits", 2, most_bits),
                     {},
                     {}};
    if (loops.columns() > most_columns) shape.fail("there are more than 65536 columns");
    loops.temperature = read_margin(at.at("temperature"));
    if (loops.temperature <= 0 || loops.temperature > most_temperature)
        at.at("temperature").fail("a temperature is above 0 and at most 10000");
    loops.snap = read_margin(at.at("snap"));
    if (loops.snap <= 0 || 2 * loops.snap >= 1) at.at("snap").fail("a snap is above 0 and below 1/2");
    if (at.at("programs").string() != "all well-formed") at.at("programs").fail("\"all well-formed\" was expected");
    if (at.at("memories").string() != "all") at.at("memories").fail("\"all\" was expected");
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
    claim.map = std::map<std::string, std::string>{
        {"scratch", std::to_string(loops.scratch)},   {"memory", std::to_string(loops.memory)},
        {"commands", std::to_string(loops.commands)}, {"bits", std::to_string(loops.bits)},
        {"temperature", loops.temperature.get_str()}, {"snap", loops.snap.get_str()}};
}

LoopsClaim loops_of(const Claim& claim) {
    const auto number = [&](const char* key) { return std::size_t{std::stoul(claim.map->at(key))}; };
    return {number("scratch"),
            number("memory"),
            number("commands"),
            number("bits"),
            Rational(claim.map->at("temperature")),
            Rational(claim.map->at("snap"))};
}

TemperatureBounds bounds_of(const Evidence& evidence) {
    const auto number = [&](const char* key) { return Rational(evidence.rule->words.at(key)); };
    return {number("x"), number("far"), number("rho"), number("write")};
}

Evidence read_loops_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence;
    const Cursor kind = at.at("kind");
    const std::string expected = claim.verified ? "error-calculus" : "witness";
    if (kind.string() != expected) kind.fail("evidence of the kind \"" + expected + "\" was expected");
    if (claim.verified) {
        at.only({"kind", "x", "far", "rho", "write"});
        evidence.kind = Evidence::Kind::enclosure;
        RuleEvidence bounds;
        for (const char* key : {"x", "far", "rho", "write"}) {
            const Rational number = at.at(key).number();
            if (number <= 0) at.at(key).fail("a positive number was expected");
            bounds.words[key] = number.get_str();
        }
        evidence.rule = std::make_shared<const RuleEvidence>(std::move(bounds));
        return evidence;
    }
    at.only({"kind", "loop"});
    evidence.kind = Evidence::Kind::witness;
    evidence.position = static_cast<std::size_t>(at.at("loop").integer(1, most_steps));
    return evidence;
}

std::vector<std::string> files_of_loops(const Manifest& manifest) {
    if (manifest.claim.verified) return {};
    return {"program.json"};
}

}  // namespace attest::checker
