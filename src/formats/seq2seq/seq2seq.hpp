#pragma once

#include <string>

#include "attest/base/json.hpp"
#include "network/seq2seq/seq2seq.hpp"

namespace attest::formats {

/// An encoder–decoder with the bytes it was read from.
struct Seq2seqFile {
    network::Seq2seq network;
    std::string bytes;
};

/// Reads a file of the format attest/seq2seq (MODEL.md, section 12).
/// Throws  InputError with FILE:PLACE, what was expected and what was found
Seq2seqFile read_seq2seq(const std::string& path);

/// The same from memory; the network takes its name from the file's where it has none.
network::Seq2seq parse_seq2seq(const std::string& json, const std::string& name);

/// The network as a document of the format, with all numbers as rationals: reading it gives the same network.
std::string write_seq2seq(const network::Seq2seq& network);

}  // namespace attest::formats
