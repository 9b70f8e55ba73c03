#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "attest/decide/restriction/evidence.hpp"
#include "attest/decide/restriction/hahn.hpp"
#include "attest/decide/restriction/layers.hpp"
#include "attest/decide/restriction/optimum.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::restriction {

/// How optima may be found.
enum class Method {
    automatic,  ///< enumeration where there are few restrictions, else search
    enumeration,
    search
};

struct Options {
    Method method = Method::automatic;
    std::size_t most_dependence = 0;
    std::uint64_t seed = 0;
    logic::BackEnd back_end = logic::BackEnd::cadical;     ///< for the evidence; searches use CaDiCaL
    std::uint64_t most_words = std::uint64_t{1} << 16;     ///< that are tabulated or evaluated
    std::uint64_t most_subcubes = std::uint64_t{1} << 23;  ///< that are enumerated
    std::uint64_t most_open = std::uint64_t{1} << 18;      ///< restrictions that are shown to be open
    HahnOptions hahn;
    /// Told what is being done, for progress; may be empty.
    std::function<void(const std::string&)> progress;
};

/// What was found out about the restrictions of one model at one length.
struct Outcome {
    std::optional<Function> function;  ///< where the model compiles
    std::vector<Optimum> optima;       ///< by dependence, from 0
    Settled settled;                   ///< the first one, with what the exact evaluator says of it
    bool nothing_free = false;         ///< every restriction with a free position is open, and there is a position
    Evidence evidence;  ///< of `settled`, or, if nothing is free, that every word is sensitive everywhere
    verdict::Evidence kind = verdict::Evidence::none;  ///< `refutation` is `unchecked` until the checker accepted it
    std::string no_evidence;                           ///< why there is none
    /// Layer by layer under the first restriction, or with nothing fixed where nothing is free; where the model compiles.
    std::optional<LayerDependence> layers;
    /// Hahn's algorithm on the same model; for hard attention. What its restriction leaves is checked by a solver.
    std::optional<HahnRun> hahn;
    /// The optimum for as many positions that matter as Hahn's algorithm left; where it was asked for or costs little.
    std::optional<Optimum> best_beside_hahn;
    /// Whether the certificate also shows that fewer fixed symbols do not settle the answer.
    bool certifies_optimum() const { return nothing_free || settled.optimal; }
};

/// The optima of a model at a length, replayed by the exact evaluator, with evidence for the first.
///
/// Gives   undecided with its reason where nothing can be said at all; optima that a limit left open say so themselves
/// Throws  InputError and Unsupported as network::Evaluator
std::variant<Outcome, verdict::Undecided> restrict_model(const network::Transformer& transformer, std::int64_t length,
                                                         const Options& options, const base::Limits& limits);

}  // namespace attest::restriction
