#pragma once

#include <functional>
#include <optional>
#include <string>

#include "attest/certify/every_length.hpp"
#include "attest/formats/file.hpp"
#include "certify/counting.hpp"
#include "certify/straight.hpp"
#include "prove_output.hpp"
#include "session.hpp"
#include "subject.hpp"

namespace attest::cli {

/// `attest prove MODEL --language L --length all`: of networks, of B-RASP and C-RASP programs as they are, and of networks
/// that become C-RASP programs.
struct ProveEveryLength {
    std::string model, language, lengths;  ///< as the user gave them; the last is `all`, `0..` or `1..`
    Map map;
    std::string eps, method;
    std::string invariant;                 ///< the file of one that is proposed; empty: none
    std::optional<std::string> directory;  ///< of the certificate

    /// Throws  UsageError for options that do not go together, Unsupported for what is not proved at all lengths
    int run(Session& session) const;

  private:
    int of_counts(Session& session) const;
    int of_straight_program(Session& session, const certify::StraightSubject& subject) const;
    int of_network(Session& session, const formats::ModelFile& file) const;
    int of_averages(Session& session, const formats::ModelFile& file, const std::string& text, const ProveAsked& asked,
                    const language::Language& meaning, std::int64_t from) const;
    int ask_of_counts(Session& session, const certify::CountingSubject& subject, const ProveAsked& asked,
                      const network::Transformer* network) const;
    int finish(Session& session, const ProveAsked& asked, certify::Archive& archive, const certify::EveryLength& result,
               const std::function<void()>& explain) const;
    void print_certificate(Session& session, const verdict::Verdict& verdict) const;
};

}  // namespace attest::cli
