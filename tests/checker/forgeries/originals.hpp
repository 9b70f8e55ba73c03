#pragma once

#include "forgery.hpp"

/// Honest certificates by kind of claim; the names say what they are.
namespace forgeries {

using Originals = std::map<std::string, std::function<Certificate()>>;

Originals originals_about_words();
Originals originals_by_refutation();
Originals originals_about_classes();
Originals originals_of_soft_models();
Originals originals_of_version_2();
Originals originals_of_two_models();
Originals originals_of_programs();
Originals originals_of_every_length();
Originals originals_about_regular_languages();
Originals originals_of_languages();  ///< "language " and its text

/// Texts of models.
std::string last_model();      ///< accepts iff the last symbol is 1
std::string parity_of_ends();  ///< accepts iff the first and the last symbol differ
std::string suffix_model();    ///< accepts iff the word ends in 011
std::string three_symbols();   ///< over a b c: accepts iff the last symbol is c
std::string last_or_first();   ///< one head at the first position, with a position vector, a bias, a mask, a
                               ///< feed-forward part

std::string version_2_model();  ///< accepts iff the last symbol is 1, by what version 2 has and is exact
std::string soft_model();       ///< accepts iff the mean of the word is well above 0: of softmax attention

std::string recognises(const std::string& model, const std::string& language, int length, const std::string& more = "");
std::string threshold(const std::string& c, const std::string& language, int length, const std::string& verdict);

/// A class of networks by its seven keys.
std::string class_of(int layers, int heads, const std::string& activations = "null", const std::string& read = "end",
                     const std::string& mask = "none", const std::string& positions = "visible",
                     const std::string& key_dimension = "null");

/// Tables in which the reader sees all of a word, and accepts the given ones.
std::string seen_value(const std::string& word);
std::string all_seeing(const std::string& alphabet, int length, const std::vector<std::string>& accepted);

}  // namespace forgeries
