#include "whole.hpp"

#include <fmt/format.h>

#include "attest/decide/induction/induction.hpp"
#include "parameters.hpp"
#include "steps.hpp"

namespace attest::induction {

namespace {

/// Reads all words. Gives the number of states that they lead to, void if the machine grew.
std::variant<verdict::Undecided, std::size_t> read_all(Machine& machine, const network::Transformer& model,
                                                       const base::Limits& limits) {
    Steps steps(machine, model);
    (void)steps.starts();
    if (least_length(model) == 0) (void)steps.empty_word();
    for (std::size_t s = 0; s < steps.size(); ++s) {
        if (s % 16 == 0)
            if (const auto limit = limits.exceeded())
                return verdict::Undecided{verdict::reason_of(*limit), fmt::format("after {} states of a machine", s)};
        if (steps.size() > most_states)
            return verdict::Undecided{verdict::Reason::memory,
                                      fmt::format("the machine has more than {} states", most_states)};
        for (language::Symbol a = 0; a < model.alphabet.size(); ++a) (void)steps.move(static_cast<Steps::Number>(s), a);
    }
    return steps.size();
}

}  // namespace

std::variant<verdict::Undecided, Whole> whole_machine(const network::Transformer& model, const base::Limits& limits) {
    using Result = std::variant<verdict::Undecided, Whole>;
    return with_machine(model, [&](std::unique_ptr<Machine>& machine, const Parameters& p) -> Result {
        for (;;) {
            machine->restart();
            auto found = read_all(*machine, model, limits);
            if (auto* stopped = std::get_if<verdict::Undecided>(&found)) return std::move(*stopped);
            if (!machine->grew()) return Whole{std::move(machine), p, std::get<std::size_t>(found)};
        }
    });
}

}  // namespace attest::induction
